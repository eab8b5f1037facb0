namespace Zssr.Nn;

/// <summary>Which turns and mirrorings leave a table of weights as it is.</summary>
internal static class KernelSymmetry
{
    /// <summary>How much two kernels may differ that count as the same: Σ|k′ − k| as a share of Σ|k|.</summary>
    private const double Tolerance = 0.02;

    /// <summary>Whether the weights, turned and mirrored so around the middle of their table, are the same but for rounding.</summary>
    public static bool Holds(double[,] weights, Variant variant)
    {
        double[,] turned = weights;
        for (int turn = 0; turn < variant.QuarterTurns; turn++)
            turned = Turned(turned);
        turned = Mirrored(turned, variant.Mirroring);
        if (turned.GetLength(0) != weights.GetLength(0) || turned.GetLength(1) != weights.GetLength(1))
            return false;
        (double difference, double magnitudes) = (0, 0);
        for (int i = 0; i < weights.GetLength(0); i++)
        {
            for (int j = 0; j < weights.GetLength(1); j++)
            {
                difference += Math.Abs(turned[i, j] - weights[i, j]);
                magnitudes += Math.Abs(weights[i, j]);
            }
        }

        return difference <= Tolerance * magnitudes;
    }

    /// <summary>Turned counter-clockwise by a quarter, as <see cref="Variant.Apply(Tensors.Tensor)"/> turns images.</summary>
    private static double[,] Turned(double[,] weights)
    {
        (int height, int width) = (weights.GetLength(0), weights.GetLength(1));
        double[,] turned = new double[width, height];
        for (int i = 0; i < height; i++)
        {
            for (int j = 0; j < width; j++)
                turned[width - 1 - j, i] = weights[i, j];
        }

        return turned;
    }

    private static double[,] Mirrored(double[,] weights, Mirroring mirroring)
    {
        (int height, int width) = (weights.GetLength(0), weights.GetLength(1));
        double[,] mirrored = new double[height, width];
        for (int i = 0; i < height; i++)
        {
            for (int j = 0; j < width; j++)
            {
                mirrored[i, j] = mirroring switch
                {
                    Mirroring.Horizontal => weights[i, width - 1 - j],
                    Mirroring.Vertical => weights[height - 1 - i, j],
                    _ => weights[i, j],
                };
            }
        }

        return mirrored;
    }
}
