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
        ScaleSchedule.SizeAt(height, width, Scale.One / scale);

    /// <inheritdoc/>
    public override Tensor Shrink(Tensor images, Scale scale, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!_shifted.TryGetValue(scale, out NumericKernel? shifted))
            _shifted.Add(scale, shifted = kernel.Numeric.Shifted(scale.Vertical, scale.Horizontal));
        var downscale = new NumericDownscale(
            shifted, images.Shape[1], images.Shape[2], scale.Vertical, scale.Horizontal, height, width);
        return downscale.Apply(images);
    }

    /// <inheritdoc/>
    public override Tensor Enlarge(Tensor images, Scale scale, int height, int width) => plain.Enlarge(images, scale, height, width);

    /// <inheritdoc/>
    public override Tensor EnlargeDifference(Tensor differences, Scale scale, int height, int width) =>
        plain.EnlargeDifference(differences, scale, height, width);
}
