namespace Zssr.Autograd.Checking;

/// <summary>A gradient check that was asked for cannot be made. A check that finds gradients wrong does not throw: it reports.</summary>
public sealed class GradCheckException(string message) : Exception(message);
