using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The random numbers of one drawing. They are made with +, −, ·, / and √ alone, whose results are the same on every machine: a logarithm
/// or a sine may differ in its last bit from one system to the next.
/// </summary>
/// <param name="seed">Which drawings.</param>
/// <param name="number">Which of the seed's drawings.</param>
internal sealed class LeafRandom(ulong seed, int number)
{
    private readonly PhiloxRandom _random = new(seed, RandomStreams.Drawing(number));

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    /// <summary>Uniform in 0, 1, …, bound − 1.</summary>
    public int Below(int bound) => _random.NextInt32(bound);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Nearly normal with mean 0 and standard deviation 1, never beyond ±2√3: four uniform numbers added.</summary>
    public double Bell()
    {
        double sum = 0;
        for (int i = 0; i < 4; i++)
            sum += _random.NextDouble();
        return (sum - 2) * Math.Sqrt(3);
    }

    /// <summary>A vector of length 1, all directions alike: a point drawn in the square until it lies in the disc.</summary>
    public (double X, double Y) Direction()
    {
        while (true)
        {
            double x = Between(-1, 1), y = Between(-1, 1), squared = x * x + y * y;
            if (squared is > 1e-4 and <= 1)
                return (x / Math.Sqrt(squared), y / Math.Sqrt(squared));
        }
    }

    /// <summary>
    /// A size r with a density ∝ r⁻³ in [smallest, largest]: the share of the picture that sizes of one octave cover is the same for all
    /// octaves, so that the picture looks alike at every distance, as photographs do.
    /// </summary>
    public double Size(double smallest, double largest)
    {
        double most = 1 / (smallest * smallest), least = 1 / (largest * largest);
        return 1 / Math.Sqrt(most - _random.NextDouble() * (most - least));
    }
}
