using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Gives a layer's parameters their first values.</summary>
public interface IInitializer
{
    /// <summary>A new tensor of random numbers, the same on every device for the same arguments.</summary>
    /// <param name="device">Where it lives.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="fanIn">How many inputs each output of the layer sums: kernel height · kernel width · input channels.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="stream">Which of the seed's independent sequences; each parameter has its own.</param>
    /// <param name="dtype">The type of the elements.</param>
    Tensor Create(Device device, Shape shape, int fanIn, ulong seed, ulong stream, DType dtype);
}

/// <summary>
/// Uniform in ±1/√fan-in: what PyTorch gives the weights and biases of a convolution (Kaiming-uniform with a = √5 comes to the same).
/// </summary>
public sealed record FanInUniform : IInitializer
{
    /// <inheritdoc/>
    public Tensor Create(Device device, Shape shape, int fanIn, ulong seed, ulong stream, DType dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fanIn);
        double bound = 1 / Math.Sqrt(fanIn);
        return RandomTensors.Uniform(device, shape, seed, stream, -bound, bound, dtype);
    }
}

/// <summary>Normally distributed with mean 0 and variance gain / fan-in; the paper's network takes a gain of 0.1.</summary>
/// <param name="Gain">The variance that an output gets from inputs of mean square 1; above 0.</param>
public sealed record FanInNormal(double Gain) : IInitializer
{
    /// <inheritdoc/>
    public Tensor Create(Device device, Shape shape, int fanIn, ulong seed, ulong stream, DType dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fanIn);
        return new Normal(Gain / fanIn).Create(device, shape, fanIn, seed, stream, dtype);
    }
}

/// <summary>Normally distributed with mean 0 and a given variance.</summary>
/// <param name="Variance">0 or more; 0 makes every element 0.</param>
public sealed record Normal(double Variance) : IInitializer
{
    /// <inheritdoc/>
    public Tensor Create(Device device, Shape shape, int fanIn, ulong seed, ulong stream, DType dtype) =>
        RandomTensors.Normal(device, shape, seed, stream, standardDeviation: Math.Sqrt(Variance), dtype: dtype);
}
