using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// How large images become small and small ones large in a recipe: sons are made by <see cref="Shrink"/>, brought back to their father's
/// size by <see cref="Enlarge"/>, and back-projection goes both ways.
/// </summary>
public abstract class Rescaling
{
    /// <summary>Rows and columns of the son of a father of height × width, for a network that enlarges by a scale.</summary>
    public abstract (int Height, int Width) SonSize(int height, int width, Scale scale);

    /// <summary>Images [N, H, W, C] made smaller by a scale (2 halves), to a size that the scale gives but for rounding.</summary>
    public abstract Tensor Shrink(Tensor images, Scale scale, int height, int width);

    /// <summary>Images [N, H, W, C] made larger by a scale, to a size that the scale gives but for rounding: the network's input.</summary>
    public abstract Tensor Enlarge(Tensor images, Scale scale, int height, int width);

    /// <summary>The same for the differences that back-projection adds.</summary>
    public virtual Tensor EnlargeDifference(Tensor differences, Scale scale, int height, int width) =>
        Enlarge(differences, scale, height, width);

    /// <summary>The rescaling of the settings, with a blur kernel if one is given.</summary>
    public static Rescaling Of(ZssrSettings settings, BlurKernel? kernel = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Rescaling plain = settings.Rescaling == RescalingKind.Interpolate ? new InterpolateRescaling() : new ImResizeRescaling();
        return kernel is null ? plain : new KernelRescaling(kernel, plain);
    }
}

/// <summary>
/// The article's: bicubic without antialiasing when shrinking and in back-projection, bilinear for the network's input. Only sizes matter,
/// scales do not: the image's borders are held in place. See <see cref="Resize.Interpolate"/>.
/// </summary>
public sealed class InterpolateRescaling : Rescaling
{
    /// <inheritdoc/>
    public override (int Height, int Width) SonSize(int height, int width, Scale scale) =>
        (Math.Max((int)(height / scale.Vertical), 1), Math.Max((int)(width / scale.Horizontal), 1));

    /// <inheritdoc/>
    public override Tensor Shrink(Tensor images, Scale scale, int height, int width) =>
        Resize.Interpolate(images, height, width, InterpolationMode.Bicubic);

    /// <inheritdoc/>
    public override Tensor Enlarge(Tensor images, Scale scale, int height, int width) =>
        Resize.Interpolate(images, height, width, InterpolationMode.Bilinear);

    /// <inheritdoc/>
    public override Tensor EnlargeDifference(Tensor differences, Scale scale, int height, int width) =>
        Resize.Interpolate(differences, height, width, InterpolationMode.Bicubic);
}

/// <summary>The paper's: MATLAB's bicubic, antialiased when shrinking. See <see cref="Resize.ImResize"/>.</summary>
public sealed class ImResizeRescaling : Rescaling
{
    /// <inheritdoc/>
    public override (int Height, int Width) SonSize(int height, int width, Scale scale) =>
        ScaleSchedule.SizeAt(height, width, Scale.One / scale);

    /// <inheritdoc/>
    public override Tensor Shrink(Tensor images, Scale scale, int height, int width) =>
        Resize.ImResize(images, 1 / scale.Vertical, 1 / scale.Horizontal, height, width);

    /// <inheritdoc/>
    public override Tensor Enlarge(Tensor images, Scale scale, int height, int width) =>
        Resize.ImResize(images, scale.Vertical, scale.Horizontal, height, width);
}
