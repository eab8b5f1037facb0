using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Shrinks as the camera did, with a given blur kernel; enlarges as the recipe does anyway. The kernel is shifted so that the small image's
/// pixels lie where the placement has them on the large one: in the middle of the pixels that they stand for, see
/// <see cref="NumericKernel.Shifted(double, double)"/>, or elsewhere. Enlarging then takes them from there.
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="plain">The recipe's own rescaling, for enlarging.</param>
/// <param name="placement">Where the small image's pixels lie; null for the middle.</param>
public sealed class KernelRescaling(BlurKernel kernel, Rescaling plain, KernelPlacement? placement = null) : Rescaling
{
    private readonly Dictionary<Scale, NumericKernel> _shifted = [];
    private readonly KernelPlacement _placement = placement ?? KernelPlacement.Centred;

    /// <inheritdoc/>
    public override (int Height, int Width) SonSize(int height, int width, Scale scale) =>
        (Scale.One / scale).SizeOf(height, width);

    /// <inheritdoc/>
    /// <remarks>The middle of a kernel with an even number of rows or columns is beside the middle of its table.</remarks>
    public override bool IsUnchangedBy(Variant variant) => variant == Variant.Identity
        || (kernel.IsUnchangedBy(variant) && (_placement.IsCentred || (kernel.Height % 2 == 1 && kernel.Width % 2 == 1)));

    /// <inheritdoc/>
    public override IResize Shrinking(Scale scale, (int Height, int Width) large, (int Height, int Width) small)
    {
        if (!_shifted.TryGetValue(scale, out NumericKernel? shifted))
        {
            shifted = _placement.IsCentred
                ? kernel.Numeric.Shifted(scale.Vertical, scale.Horizontal) : kernel.Numeric.Moved(_placement.Row, _placement.Column);
            _shifted.Add(scale, shifted);
        }

        return new NumericDownscale(shifted, large.Height, large.Width, scale.Vertical, scale.Horizontal, small.Height, small.Width);
    }

    /// <inheritdoc/>
    public override IResize Enlarging(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        Displaced(scale, small, large, plain.InputKernel) ?? plain.Enlarging(scale, small, large);

    /// <inheritdoc/>
    public override IResize EnlargingDifferences(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        Displaced(scale, small, large, ResizeKernel.Cubic) ?? plain.EnlargingDifferences(scale, small, large);

    /// <summary>The enlargement of an image whose pixels lie elsewhere than in the middle of their blocks; null where they lie there.</summary>
    private SeparableResize? Displaced(Scale scale, (int Height, int Width) small, (int Height, int Width) large, ResizeKernel by)
    {
        (double down, double right) = _placement.Displacement(scale);
        if ((down, right) == (0, 0))
            return null;
        ResizeAxis rows = ResizeAxis.ImResize(small.Height, scale.Vertical, large.Height, by, displacement: down);
        ResizeAxis columns = ResizeAxis.ImResize(small.Width, scale.Horizontal, large.Width, by, displacement: right);
        return new SeparableResize(rows, columns, verticalFirst: scale.Vertical <= scale.Horizontal);
    }
}
