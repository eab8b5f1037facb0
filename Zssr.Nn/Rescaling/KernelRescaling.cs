using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Shrinks as the camera did, with a given blur kernel; enlarges as the recipe does anyway. The kernel is shifted so that the small image
/// lies exactly on the large one, see <see cref="NumericKernel.Shifted(double, double)"/>.
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="plain">The recipe's own rescaling, for enlarging.</param>
public sealed class KernelRescaling(BlurKernel kernel, Rescaling plain) : Rescaling
{
    private readonly Dictionary<Scale, NumericKernel> _shifted = [];

    /// <inheritdoc/>
    public override (int Height, int Width) SonSize(int height, int width, Scale scale) =>
        (Scale.One / scale).SizeOf(height, width);

    /// <inheritdoc/>
    public override IResize Shrinking(Scale scale, (int Height, int Width) large, (int Height, int Width) small)
    {
        if (!_shifted.TryGetValue(scale, out NumericKernel? shifted))
            _shifted.Add(scale, shifted = kernel.Numeric.Shifted(scale.Vertical, scale.Horizontal));
        return new NumericDownscale(shifted, large.Height, large.Width, scale.Vertical, scale.Horizontal, small.Height, small.Width);
    }

    /// <inheritdoc/>
    public override IResize Enlarging(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        plain.Enlarging(scale, small, large);

    /// <inheritdoc/>
    public override IResize EnlargingDifferences(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        plain.EnlargingDifferences(scale, small, large);
}
