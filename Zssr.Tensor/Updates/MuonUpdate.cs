namespace Zssr.Tensors;

/// <summary>
/// One step of Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks") for the weights of one layer, in place:
/// <code>
/// v ← μ·v + g
/// D ← g + μ·v                                          Nesterov's momentum
/// O ← D as a matrix [inputs, outputs], made orthogonal
/// weight ← weight − lr · √max(1, outputs / inputs) · O
/// </code>
/// (<see cref="NewtonSchulz"/> makes O.) All directions in which the layer's outputs may change get steps of about one size, also those
/// that the gradient hardly shows. The inputs of a convolution are kernel height · kernel width · C: its weights [kernel height, kernel
/// width, C, K], as they lie in memory, are the matrix; the paper's is its transpose.
/// </summary>
public static class MuonUpdate
{
    /// <summary>Moves a layer's weights by one step, and brings their velocity up to date.</summary>
    /// <param name="weight">[..., outputs], two axes or more; changed.</param>
    /// <param name="gradient">g, of the weights' shape.</param>
    /// <param name="velocity">v, of the same shape, zeros before the first step; changed.</param>
    /// <param name="learningRate">lr, 0 or more.</param>
    /// <param name="momentum">μ, in [0, 1).</param>
    /// <exception cref="ShapeException">The three shapes are not equal, or have fewer than two axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside the range given above.</exception>
    public static void Apply(Tensor weight, Tensor gradient, Tensor velocity, double learningRate, double momentum = 0.95)
    {
        UpdateChecks.Require(learningRate >= 0, nameof(learningRate), learningRate, "muon: the learning rate must be 0 or more");
        UpdateChecks.Require(momentum is >= 0 and < 1, nameof(momentum), momentum, "muon: the momentum must lie in [0, 1)");
        using Tensor direction = Direction(weight, gradient, velocity, momentum);
        if (weight.Count == 0)
            return;
        int outputs = weight.Shape[^1], inputs = weight.Count / outputs;
        using Tensor matrix = direction.Reshape([inputs, outputs]);
        using Tensor orthogonal = NewtonSchulz.Orthogonalize(matrix);
        Descend(weight, orthogonal, learningRate * Math.Sqrt(Math.Max(1, (double)outputs / inputs)));
    }

    /// <summary>v ← μ·v + g; g + μ·v.</summary>
    private static unsafe Tensor Direction(Tensor weight, Tensor gradient, Tensor velocity, double momentum)
    {
        using DeviceCall call = DeviceCall.Begin("muon", weight, gradient, velocity);
        Check.SameShape(call, weight, gradient);
        Check.SameShape(call, weight, velocity);
        if (weight.Shape.Rank < 2)
        {
            throw new ShapeException(
                $"{call}: {weight.Shape} has {weight.Shape.Rank} axes; weights [..., outputs] of two or more are needed. "
                + "Use Adam for biases.");
        }

        Tensor direction = call.New(weight.Shape, weight.DType);
        if (weight.Count == 0)
            return call.Result(direction);
        call.Changes(velocity);
        if (weight.DType == DType.Float32 && call.Device.Host is { } host)
        {
            host.Run(new NesterovWork(gradient.Pointer, velocity.Pointer, direction.Pointer, weight.Count, (float)momentum));
        }
        else if (weight.DType == DType.Float32)
        {
            call.Kernels.Launch(
                UpdateKernels.Nesterov, call.Elements(weight),
                gradient.View<float>(), velocity.View<float>(), direction.View<float>(), (float)momentum);
        }
        else
        {
            call.Kernels.Launch(
                UpdateKernels.Nesterov, call.Elements(weight),
                gradient.View<double>(), velocity.View<double>(), direction.View<double>(), momentum);
        }

        return call.Result(direction);
    }

    /// <summary>weight ← weight − step · direction.</summary>
    private static unsafe void Descend(Tensor weight, Tensor direction, double step)
    {
        using DeviceCall call = DeviceCall.Begin("muon", weight, direction);
        call.Changes(weight);
        if (weight.DType == DType.Float32 && call.Device.Host is { } host)
            host.Run(new DescendWork(weight.Pointer, direction.Pointer, weight.Count, (float)step));
        else if (weight.DType == DType.Float32)
            call.Kernels.Launch(UpdateKernels.Descend, call.Elements(weight), weight.View<float>(), direction.View<float>(), (float)step);
        else
            call.Kernels.Launch(UpdateKernels.Descend, call.Elements(weight), weight.View<double>(), direction.View<double>(), step);
    }
}
