namespace Zssr.Tensors;

/// <summary>
/// Tensors of random numbers. Element i depends on the seed, the stream and i alone (<see cref="Philox"/>), not on the device, the
/// number of threads or what was drawn before: the same arguments give the same numbers on every device, bit for bit.
/// </summary>
/// <remarks>
/// The numbers are computed on the host and copied to the device. For uniform numbers integer arithmetic would agree everywhere,
/// but the normal distribution needs log and cos, whose last bits differ from driver to driver (and, in float64, between the
/// mathematical libraries of operating systems).
/// A <see cref="PhiloxRandom"/> of the same seed and stream draws from the same bits: give every use a stream of its own.
/// </remarks>
public static class RandomTensors
{
    /// <summary>
    /// Uniform in [low, high): <c>low + (high − low) · u</c>, u a multiple of 2⁻²⁴ in [0, 1), the same for float32 and float64.
    /// </summary>
    /// <param name="device">Where the tensor lives.</param>
    /// <param name="shape">Any shape.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="stream">Which of the seed's independent sequences.</param>
    /// <param name="low">The smallest possible value.</param>
    /// <param name="high">Above every possible value; greater than <paramref name="low"/>.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">low is not below high, or the range is not finite.</exception>
    /// <exception cref="DTypeException">float64 on a device that has none.</exception>
    public static Tensor Uniform(
        Device device, Shape shape, ulong seed, ulong stream = 0,
        double low = 0, double high = 1, DType dtype = DType.Float32)
    {
        if (!(low < high) || !double.IsFinite(high - low))
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), $"uniform: [{low}, {high}) is not a range to draw from. low must be below high, and both must be finite.");
        }

        // Rounding may reach high, which does not belong to the range.
        double largest = dtype == DType.Float32 ? MathF.BitDecrement((float)high) : Math.BitDecrement(high);
        double[] elements = new double[shape.ElementCount];
        PhiloxBlock block = default;
        for (int i = 0; i < elements.Length; i++)
        {
            if (i % 4 == 0)
                block = Philox.Block(seed, stream, (ulong)i / 4);
            double value = low + (high - low) * Deviates.UniformSingle(block[i]);
            elements[i] = Math.Max(low, Math.Min(value, largest));
        }

        return Tensor.From(device, shape, elements, dtype);
    }

    /// <summary>
    /// Normally distributed: <c>mean + standardDeviation · z</c>, z by the method of Box and Muller in float64, then rounded to the
    /// tensor's type. |z| is below 8.6.
    /// </summary>
    /// <param name="device">Where the tensor lives.</param>
    /// <param name="shape">Any shape.</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="stream">Which of the seed's independent sequences.</param>
    /// <param name="mean">The distribution's mean.</param>
    /// <param name="standardDeviation">Its standard deviation, 0 or more.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">standardDeviation is negative, or a parameter is not finite.</exception>
    /// <exception cref="DTypeException">float64 on a device that has none.</exception>
    public static Tensor Normal(
        Device device, Shape shape, ulong seed, ulong stream = 0,
        double mean = 0, double standardDeviation = 1, DType dtype = DType.Float32)
    {
        if (!(standardDeviation >= 0) || !double.IsFinite(mean) || !double.IsFinite(standardDeviation))
        {
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation),
                $"normal: there is no distribution with mean {mean} and standard deviation {standardDeviation}. " +
                "Both must be finite, and the standard deviation must be 0 or more.");
        }

        double[] elements = new double[shape.ElementCount];
        for (int i = 0; i < elements.Length; i += 2)
        {
            (double first, double second) = Deviates.NormalPair(Philox.Block(seed, stream, (ulong)i / 2));
            elements[i] = mean + standardDeviation * first;
            if (i + 1 < elements.Length)
                elements[i + 1] = mean + standardDeviation * second;
        }

        return Tensor.From(device, shape, elements, dtype);
    }
}
