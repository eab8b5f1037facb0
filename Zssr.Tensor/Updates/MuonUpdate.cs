using System.Numerics;

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
    public static void Apply(Tensor weight, Tensor gradient, Tensor velocity, double learningRate, double momentum = 0.95) =>
        Apply([(weight, gradient, velocity)], learningRate, momentum);

    /// <summary>
    /// Moves the weights of several layers of one shape, as one by one, but with their matrices made orthogonal together: a device is
    /// asked for a few large products instead of many small ones.
    /// </summary>
    /// <param name="layers">The weights, gradients and velocities, all of one shape; weights and velocities are changed.</param>
    /// <param name="learningRate">lr, 0 or more.</param>
    /// <param name="momentum">μ, in [0, 1).</param>
    /// <exception cref="ShapeException">The shapes are not equal, or have fewer than two axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside the range given above.</exception>
    public static void Apply(
        IReadOnlyList<(Tensor Weight, Tensor Gradient, Tensor Velocity)> layers, double learningRate, double momentum = 0.95)
    {
        ArgumentNullException.ThrowIfNull(layers);
        UpdateChecks.Require(learningRate >= 0, nameof(learningRate), learningRate, "muon: the learning rate must be 0 or more");
        UpdateChecks.Require(momentum is >= 0 and < 1, nameof(momentum), momentum, "muon: the momentum must lie in [0, 1)");
        if (layers.Count == 0)
            return;
        using Tensor directions = Directions(layers, momentum);
        if (directions.Count == 0)
            return;
        using Tensor orthogonal = NewtonSchulz.Orthogonalize(directions);
        (int inputs, int outputs) = (directions.Shape[1], directions.Shape[2]);
        Descend(layers, orthogonal, learningRate * Math.Sqrt(Math.Max(1, (double)outputs / inputs)));
    }

    /// <summary>v ← μ·v + g; g + μ·v of each layer: [layers, inputs, outputs].</summary>
    private static Tensor Directions(IReadOnlyList<(Tensor Weight, Tensor Gradient, Tensor Velocity)> layers, double momentum)
    {
        using DeviceCall call = DeviceCall.Begin("muon", [.. layers.SelectMany(layer => new[] { layer.Weight, layer.Gradient, layer.Velocity })]);
        Tensor first = layers[0].Weight;
        foreach ((Tensor weight, Tensor gradient, Tensor velocity) in layers)
        {
            Check.SameShape(call, first, weight);
            Check.SameShape(call, weight, gradient);
            Check.SameShape(call, weight, velocity);
        }

        if (first.Shape.Rank < 2)
        {
            throw new ShapeException(
                $"{call}: {first.Shape} has {first.Shape.Rank} axes; weights [..., outputs] of two or more are needed. "
                + "Use Adam for biases.");
        }

        int outputs = first.Shape[^1], inputs = outputs == 0 ? 0 : first.Count / outputs;
        Tensor directions = call.New([layers.Count, inputs, outputs], first.DType);
        if (first.Count == 0)
            return call.Result(directions);
        for (int layer = 0; layer < layers.Count; layer++)
        {
            (_, Tensor gradient, Tensor velocity) = layers[layer];
            if (first.DType == DType.Float32)
                Direct(call, gradient, velocity, directions, layer * first.Count, (float)momentum);
            else
                Direct(call, gradient, velocity, directions, layer * first.Count, momentum);
        }

        return call.Result(directions);
    }

    private static unsafe void Direct<T>(DeviceCall call, Tensor gradient, Tensor velocity, Tensor directions, int start, T momentum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Changes(velocity);
        if (typeof(T) == typeof(float) && call.Device.Host is { } host)
        {
            host.Run(new NesterovWork(
                gradient.Pointer, velocity.Pointer, directions.Pointer + start, gradient.Count, float.CreateTruncating(momentum)));
            return;
        }

        call.Kernels.Launch(
            UpdateKernels.Nesterov, call.Elements(gradient),
            gradient.View<T>(), velocity.View<T>(), directions.View<T>().SubView(start, gradient.Count), momentum);
    }

    /// <summary>weight ← weight − step · direction of each layer.</summary>
    private static void Descend(
        IReadOnlyList<(Tensor Weight, Tensor Gradient, Tensor Velocity)> layers, Tensor directions, double step)
    {
        using DeviceCall call = DeviceCall.Begin("muon", [.. layers.Select(layer => layer.Weight), directions]);
        for (int layer = 0; layer < layers.Count; layer++)
        {
            Tensor weight = layers[layer].Weight;
            if (weight.DType == DType.Float32)
                Descend(call, weight, directions, layer * weight.Count, (float)step);
            else
                Descend(call, weight, directions, layer * weight.Count, step);
        }
    }

    private static unsafe void Descend<T>(DeviceCall call, Tensor weight, Tensor directions, int start, T step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        call.Changes(weight);
        if (typeof(T) == typeof(float) && call.Device.Host is { } host)
        {
            host.Run(new DescendWork(weight.Pointer, directions.Pointer + start, weight.Count, float.CreateTruncating(step)));
            return;
        }

        call.Kernels.Launch(
            UpdateKernels.Descend, call.Elements(weight), weight.View<T>(), directions.View<T>().SubView(start, weight.Count), step);
    }
}
