using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// One step of stochastic gradient descent with momentum, in place and in one pass, as PyTorch's SGD (dampening 0, not Nesterov's):
/// <code>
/// v ← momentum·v + g
/// parameter ← parameter − lr·v
/// </code>
/// </summary>
public static class SgdUpdate
{
    /// <summary>Moves a parameter by one step, and brings its velocity up to date.</summary>
    /// <param name="parameter">Any shape; changed.</param>
    /// <param name="gradient">g, of the parameter's shape.</param>
    /// <param name="velocity">v, of the same shape, zeros before the first step; changed.</param>
    /// <param name="learningRate">lr, 0 or more.</param>
    /// <param name="momentum">0 or more; 0 is plain gradient descent.</param>
    /// <exception cref="ShapeException">The three shapes are not equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside the range given above.</exception>
    public static void Apply(Tensor parameter, Tensor gradient, Tensor velocity, double learningRate, double momentum)
    {
        UpdateChecks.Require(learningRate >= 0, nameof(learningRate), learningRate, "sgd: the learning rate must be 0 or more");
        UpdateChecks.Require(momentum >= 0, nameof(momentum), momentum, "sgd: the momentum must be 0 or more");
        using DeviceCall call = DeviceCall.Begin("sgd", parameter, gradient, velocity);
        Check.SameShape(call, parameter, gradient);
        Check.SameShape(call, parameter, velocity);
        if (parameter.Count == 0)
            return;
        call.Changes(parameter);
        call.Changes(velocity);
        if (parameter.DType == DType.Float32)
            Run(call, parameter, gradient, velocity, (float)learningRate, (float)momentum);
        else
            Run(call, parameter, gradient, velocity, learningRate, momentum);
    }

    private static void Run<T>(DeviceCall call, Tensor parameter, Tensor gradient, Tensor velocity, T learningRate, T momentum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Kernels.Launch(
            UpdateKernels.Sgd, call.Elements(parameter),
            parameter.View<T>(), gradient.View<T>(), velocity.View<T>(), learningRate, momentum);
    }
}
