using Zssr.Nn;

namespace Zssr.Tests.Nn.BlurKernels;

/// <summary>Kernels drawn as those of DIV2KRK.</summary>
public sealed class RandomKernelTests
{
    [Test]
    public void A_seed_is_a_kernel()
    {
        double[,] third = BlurKernel.Random(3).Numeric.ToArray();
        Assert.That(BlurKernel.Random(3).Numeric.ToArray(), Is.EqualTo(third));
        Assert.That(third, Is.Not.EqualTo(BlurKernel.Random(4).Numeric.ToArray()));
        Assert.That((BlurKernel.Random(3).Height, BlurKernel.Random(3).Width), Is.EqualTo((11, 11)));
        Assert.That(BlurKernel.Random(3).Numeric.ToArray().Cast<double>().Sum(), Is.EqualTo(1).Within(1e-12));
    }

    /// <summary>A Gaussian has the same weight at opposite places, so the quotient of the two is that of their noise, 0.75 to 1.25 each.</summary>
    [Test]
    public void Opposite_weights_differ_by_the_noise_alone()
    {
        double least = 1, most = 1;
        for (ulong seed = 0; seed < 50; seed++)
        {
            double[,] k = BlurKernel.Random(seed).Numeric.ToArray();
            for (int at = 0; at < 60; at++)
            {
                double quotient = k[at / 11, at % 11] / k[10 - at / 11, 10 - at % 11];
                (least, most) = (Math.Min(least, quotient), Math.Max(most, quotient));
            }
        }

        Assert.That(least, Is.InRange(0.75 / 1.25, 0.63));
        Assert.That(most, Is.InRange(1 / 0.63, 1.25 / 0.75));
    }

    /// <summary>
    /// The logarithm of a Gaussian is −½(a y² + 2b yx + c x²) and a constant: fitted by least squares, its matrix has the inverse variances
    /// as eigenvalues. The noise of 121 weights moves them little.
    /// </summary>
    [Test]
    public void Variances_are_spread_from_035_to_5_and_angles_over_all_directions()
    {
        var variances = new List<double>();
        var angles = new List<double>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            (double a, double b, double c) = Fit(BlurKernel.Random(seed).Numeric.ToArray());
            double mean = (a + c) / 2, radius = Math.Sqrt(((a - c) * (a - c) / 4) + (b * b));
            variances.AddRange([1 / (mean + radius), 1 / (mean - radius)]);
            angles.Add(Math.Atan2(2 * b, a - c));
        }

        Assert.That(variances.Min(), Is.InRange(0.33, 0.45));
        Assert.That(variances.Max(), Is.InRange(4.6, 5.4));
        // The mean of numbers spread evenly over 0.35 … 5 is 2.675; of 400 it deviates by 0.07.
        Assert.That(variances.Average(), Is.EqualTo(2.675).Within(0.25));
        IEnumerable<int> inQuarters =
            Enumerable.Range(0, 4).Select(quarter => angles.Count(angle => (int)((angle + Math.PI) / Math.PI * 2) % 4 == quarter));
        Assert.That(inQuarters, Has.All.InRange(30, 75));
    }

    /// <summary>a, b, c: by symmetry of the places the three sums that belong to y², yx and x² part from each other but for the constant.</summary>
    private static (double A, double B, double C) Fit(double[,] k)
    {
        double[,] normal = new double[4, 5];
        for (int i = 0; i < 11; i++)
        {
            for (int j = 0; j < 11; j++)
            {
                (double y, double x) = (i - 5, j - 5);
                double[] row = [-y * y / 2, -y * x, -x * x / 2, 1, Math.Log(k[i, j])];
                for (int r = 0; r < 4; r++)
                {
                    for (int s = 0; s < 5; s++)
                        normal[r, s] += row[r] * row[s];
                }
            }
        }

        for (int pivot = 0; pivot < 4; pivot++)
        {
            for (int r = 0; r < 4; r++)
            {
                double factor = r == pivot ? 0 : normal[r, pivot] / normal[pivot, pivot];
                for (int s = 0; s < 5; s++)
                    normal[r, s] -= factor * normal[pivot, s];
            }
        }

        return (normal[0, 4] / normal[0, 0], normal[1, 4] / normal[1, 1], normal[2, 4] / normal[2, 2]);
    }
}
