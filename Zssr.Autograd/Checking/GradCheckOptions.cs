namespace Zssr.Autograd.Checking;

/// <summary>How closely gradients are compared. The defaults are those of PyTorch's <c>gradcheck</c>.</summary>
public sealed record GradCheckOptions
{
    /// <summary>Each element of an input is moved by this much, down and up.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Absolute difference that is allowed.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-5;

    /// <summary>Relative difference that is allowed, as a share of the numeric value.</summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>1: check the gradients. 2: check the gradients of the gradients.</summary>
    public int Order { get; init; } = 1;
}
