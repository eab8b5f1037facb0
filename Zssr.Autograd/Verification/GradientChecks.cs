using Zssr.Autograd.Checking;
using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>The gradient checks of the op cases.</summary>
public static class GradientChecks
{
    /// <summary>The cases with gradients to check: not those at infinite values, at NaN, or of ops that are not differentiated.</summary>
    public static IReadOnlyList<OpCase> Cases { get; } =
        [.. OpCases.All.Where(opCase => opCase.Function is not null && opCase.ChecksGradient)];

    /// <summary>
    /// Enough for a device: all entries where evaluations are cheap; elsewhere, where each one is several launches of kernels, random
    /// directions.
    /// </summary>
    public static GradCheckMode ModeFor(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Name.Kind == DeviceKind.Cpu ? GradCheckMode.Full : GradCheckMode.Projected;
    }

    /// <summary>Checks the gradients of a case on a device with float64.</summary>
    public static GradCheckReport Run(OpCase opCase, Device device, GradCheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(opCase);
        ArgumentNullException.ThrowIfNull(options);
        if (opCase.Function is not { } function)
            throw new GradCheckException($"gradient check: {opCase} has no gradient.");
        Tensor[] inputs = [.. opCase.Inputs.Select(input => input.On(device, DType.Float64))];
        try
        {
            return GradCheck.Run(function, [.. inputs], options);
        }
        finally
        {
            foreach (Tensor input in inputs)
                input.Dispose();
        }
    }
}
