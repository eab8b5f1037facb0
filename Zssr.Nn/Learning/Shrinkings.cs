using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The shrinkings that a start is to undo. A mixture keeps it from being tied to one: Gaussians of σ 0.3 to 4 pixels of the large image,
/// stretched up to three times and turned, as cameras and other programs may have blurred.
/// </summary>
/// <remarks>The family is that of Soh, Cho and Cho 2020 (MZSR), section 4.1, from narrower ones on.</remarks>
internal sealed class Shrinkings(ShrinkingKind kind, Rescaling plain)
{
    private const double BicubicShare = 0.5, Narrowest = 0.3, Widest = 4, LeastAspect = 1.0 / 3;

    /// <summary>The shrinking of one pair.</summary>
    public Rescaling Draw(PhiloxRandom random)
    {
        if (kind == ShrinkingKind.Bicubic || random.NextDouble() < BicubicShare)
            return plain;
        double share = random.NextDouble(), along = Narrowest + (Widest - Narrowest) * share * share;
        double across = Math.Max(along * (LeastAspect + (1 - LeastAspect) * random.NextDouble()), Narrowest);
        return new KernelRescaling(BlurKernel.Gaussian(along, across, Math.PI * random.NextDouble()), plain);
    }
}
