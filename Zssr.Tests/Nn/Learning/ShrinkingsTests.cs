using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Learning;

/// <summary>The shrinkings of a mixture are what they are said to be.</summary>
[RunsApart]
public sealed class ShrinkingsTests
{
    [Test]
    public void A_mixture_is_bicubic_half_of_the_time()
    {
        var plain = new ImResizeRescaling();
        var random = new PhiloxRandom(1);
        var mixture = new Shrinkings(ShrinkingKind.Mixture, plain);
        int bicubic = Enumerable.Range(0, 400).Count(_ => ReferenceEquals(mixture.Draw(random), plain));
        Assert.That(bicubic, Is.InRange(160, 240));
        var alone = new Shrinkings(ShrinkingKind.Bicubic, plain);
        Assert.That(Enumerable.Range(0, 50).All(_ => ReferenceEquals(alone.Draw(random), plain)), Is.True);
    }

    [TestCase(0.8)]
    [TestCase(2.5)]
    public void Equal_widths_give_the_round_Gaussian(double sigma)
    {
        double[] round = [.. BlurKernel.Gaussian(sigma).Numeric.ToArray().Cast<double>()];
        Assert.That(
            BlurKernel.Gaussian(sigma, sigma, 0.7).Numeric.ToArray().Cast<double>(), Is.EqualTo(round).Within(1e-12));
    }

    /// <summary>Its second moments are those of the covariance R · diag(σ₁², σ₂²) · Rᵀ.</summary>
    [TestCase(3, 1.5, 0.5)]
    [TestCase(1.5, 3, 0.5)]
    [TestCase(2, 2, 1)]
    public void A_stretched_Gaussian_has_the_covariance_of_its_widths_and_angle(double along, double across, double angle)
    {
        double[,] weights = BlurKernel.Gaussian(along, across, angle).Numeric.ToArray();
        int reach = weights.GetLength(0) / 2;
        double xx = 0, xy = 0, yy = 0;
        for (int y = -reach; y <= reach; y++)
        {
            for (int x = -reach; x <= reach; x++)
            {
                double weight = weights[y + reach, x + reach];
                (xx, xy, yy) = (xx + weight * x * x, xy + weight * x * y, yy + weight * y * y);
            }
        }

        (double c, double s, double a, double b) = (Math.Cos(angle), Math.Sin(angle), along * along, across * across);
        Assert.That(xx, Is.EqualTo(c * c * a + s * s * b).Within(5).Percent);
        Assert.That(yy, Is.EqualTo(s * s * a + c * c * b).Within(5).Percent);
        Assert.That(xy, Is.EqualTo(c * s * (a - b)).Within(0.05 * Math.Max(a, b)));
    }

    [TestCase(0, 1)]
    [TestCase(1, double.NaN)]
    [TestCase(1, 100)]
    public void Widths_that_no_kernel_has_are_refused(double along, double across) =>
        Assert.That(() => BlurKernel.Gaussian(along, across, 0), Throws.TypeOf<BlurKernelException>());
}
