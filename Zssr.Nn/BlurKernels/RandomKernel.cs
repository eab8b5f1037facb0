using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Kernels drawn by chance, as those of the test set DIV2KRK (Bell-Kligler, Shocher and Irani 2019): a Gaussian stretched along any
/// direction, whose every weight is then multiplied by a random number. Nobody can give such a kernel by a formula.
/// </summary>
internal static class RandomKernel
{
    /// <summary>Rows and columns.</summary>
    public const int Side = 11;

    private const double LeastVariance = 0.35, MostVariance = 5, NoiseShare = 0.25;

    /// <summary>The weights of a seed, [11, 11], not normalised.</summary>
    public static double[,] Weights(ulong seed)
    {
        var random = new PhiloxRandom(seed, RandomStreams.Kernel);
        double first = Between(random, LeastVariance, MostVariance), second = Between(random, LeastVariance, MostVariance);
        (double sine, double cosine) = Math.SinCos(Between(random, 0, Math.PI));
        double[,] weights = new double[Side, Side];
        for (int i = 0; i < Side; i++)
        {
            for (int j = 0; j < Side; j++)
            {
                (double y, double x) = (i - Side / 2, j - Side / 2);
                (double a, double b) = (x * cosine + y * sine, y * cosine - x * sine);
                weights[i, j] = Math.Exp(-(a * a / first + b * b / second) / 2) * Between(random, 1 - NoiseShare, 1 + NoiseShare);
            }
        }

        return weights;
    }

    private static double Between(PhiloxRandom random, double low, double high) => low + (high - low) * random.NextDouble();
}
