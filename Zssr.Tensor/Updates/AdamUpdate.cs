using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// One step of Adam (Kingma and Ba 2015, algorithm 1), in place and in one pass, with the bias corrections placed as in PyTorch's Adam:
/// <code>
/// m ← β₁·m + (1 − β₁)·g
/// v ← β₂·v + (1 − β₂)·g²
/// parameter ← parameter − lr / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
/// </code>
/// </summary>
public static class AdamUpdate
{
    /// <summary>Moves a parameter by one step, and brings its two moments up to date.</summary>
    /// <param name="parameter">Any shape; changed.</param>
    /// <param name="gradient">g, of the parameter's shape.</param>
    /// <param name="firstMoment">m, the running mean of g, of the same shape, zeros before the first step; changed.</param>
    /// <param name="secondMoment">v, the running mean of g², of the same shape, zeros before the first step; changed.</param>
    /// <param name="step">t, counted from 1.</param>
    /// <param name="learningRate">lr, 0 or more.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, above 0; it must not vanish in float32 (1e-8 does not).</param>
    /// <exception cref="ShapeException">The four shapes are not equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside the range given above.</exception>
    public static void Apply(
        Tensor parameter,
        Tensor gradient,
        Tensor firstMoment,
        Tensor secondMoment,
        long step,
        double learningRate,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8)
    {
        UpdateChecks.Require(step >= 1, nameof(step), step, "adam: the step must be 1 or more: the first step is number 1");
        UpdateChecks.Require(learningRate >= 0, nameof(learningRate), learningRate, "adam: the learning rate must be 0 or more");
        UpdateChecks.Require(beta1 is >= 0 and < 1, nameof(beta1), beta1, "adam: beta1 must lie in [0, 1)");
        UpdateChecks.Require(beta2 is >= 0 and < 1, nameof(beta2), beta2, "adam: beta2 must lie in [0, 1)");
        UpdateChecks.Require(epsilon > 0, nameof(epsilon), epsilon, "adam: epsilon must be above 0");
        using DeviceCall call = DeviceCall.Begin("adam", parameter, gradient, firstMoment, secondMoment);
        Check.SameShape(call, parameter, gradient);
        Check.SameShape(call, parameter, firstMoment);
        Check.SameShape(call, parameter, secondMoment);
        if (parameter.Count == 0)
            return;
        call.Changes(parameter);
        call.Changes(firstMoment);
        call.Changes(secondMoment);
        if (parameter.DType == DType.Float32 && call.Device.Host is { } host)
            RunOnHost(host, parameter, gradient, firstMoment, secondMoment, AdamStep.At(step, learningRate, beta1, beta2, epsilon));
        else if (parameter.DType == DType.Float32)
            Run(call, parameter, gradient, firstMoment, secondMoment, Coefficients<float>(step, learningRate, beta1, beta2, epsilon));
        else
            Run(call, parameter, gradient, firstMoment, secondMoment, Coefficients<double>(step, learningRate, beta1, beta2, epsilon));
    }

    private static unsafe void RunOnHost(
        Host host, Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, AdamStep step) =>
        host.Run(new AdamWork(parameter.Pointer, gradient.Pointer, firstMoment.Pointer, secondMoment.Pointer, parameter.Count, step));

    private static void Run<T>(
        DeviceCall call, Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, AdamCoefficients<T> coefficients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Kernels.Launch(
            UpdateKernels.Adam, call.Elements(parameter),
            parameter.View<T>(), gradient.View<T>(), firstMoment.View<T>(), secondMoment.View<T>(), coefficients);
    }

    /// <summary>What is the same for all elements, computed in float64 and rounded once.</summary>
    private static AdamCoefficients<T> Coefficients<T>(long step, double learningRate, double beta1, double beta2, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T> => new(
        T.CreateTruncating(beta1),
        T.CreateTruncating(1 - beta1),
        T.CreateTruncating(beta2),
        T.CreateTruncating(1 - beta2),
        T.CreateTruncating(learningRate / (1 - Math.Pow(beta1, step))),
        T.CreateTruncating(Math.Sqrt(1 - Math.Pow(beta2, step))),
        T.CreateTruncating(epsilon));
}
