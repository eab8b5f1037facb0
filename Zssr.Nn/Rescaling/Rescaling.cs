using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// A recipe's choice of how large images become small and small ones large: sons are made by <see cref="Shrink"/>, brought back to their
/// father's size by <see cref="Enlarge"/>, and back-projection goes both ways.
/// </summary>
/// <remarks>
/// To resize is an operation on tensors (<see cref="Resize"/>, in <c>Zssr.Tensor</c>): weighted sums of pixels, which know nothing of
/// fathers and sons. A rescaling computes nothing itself; it says which resize the recipe takes for which purpose. Each is planned for
/// its sizes first, rows and columns: by a scale (2 halves, or doubles), to a size that the scale gives but for rounding.
/// </remarks>
public abstract class Rescaling
{
    /// <summary>Rows and columns of the son of a father of height × width, for a network that enlarges by a scale.</summary>
    public abstract (int Height, int Width) SonSize(int height, int width, Scale scale);

    /// <summary>The kernel that interpolates the network's input.</summary>
    public virtual ResizeKernel InputKernel => ResizeKernel.Cubic;

    /// <summary>
    /// Whether a large image turned and mirrored so, and then shrunk, is the small image turned and mirrored, but for where its pixels lie.
    /// A network that learned to undo the shrinking can be shown such copies, and only these.
    /// </summary>
    public virtual bool IsUnchangedBy(Variant variant) => true;

    /// <summary>How large images become small.</summary>
    public abstract IResize Shrinking(Scale scale, (int Height, int Width) large, (int Height, int Width) small);

    /// <summary>How small images become large: the network's input.</summary>
    public abstract IResize Enlarging(Scale scale, (int Height, int Width) small, (int Height, int Width) large);

    /// <summary>The same for the differences that back-projection adds.</summary>
    public virtual IResize EnlargingDifferences(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        Enlarging(scale, small, large);

    /// <summary>Images [N, H, W, C] made smaller.</summary>
    public Tensor Shrink(Tensor images, Scale scale, int height, int width) =>
        Shrinking(scale, SizeOf(images), (height, width)).Apply(images);

    /// <summary>Images [N, H, W, C] made larger.</summary>
    public Tensor Enlarge(Tensor images, Scale scale, int height, int width) =>
        Enlarging(scale, SizeOf(images), (height, width)).Apply(images);

    /// <summary>The rescaling of the settings, with a blur kernel if one is given.</summary>
    public static Rescaling Of(ZssrSettings settings, BlurKernel? kernel = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Rescaling plain = settings.Rescaling == RescalingKind.Interpolate ? new InterpolateRescaling() : new ImResizeRescaling();
        return kernel is null ? plain : new KernelRescaling(kernel, plain, settings.KernelPlacement);
    }

    /// <summary>Rows and columns of images [N, H, W, C].</summary>
    internal static (int Height, int Width) SizeOf(Tensor images)
    {
        PixelArea whole = PixelArea.Whole(images);
        return (whole.Rows.Length, whole.Columns.Length);
    }
}

/// <summary>
/// The article's: bicubic without antialiasing when shrinking and in back-projection, bilinear for the network's input. Only sizes matter,
/// scales do not: the image's borders are held in place. See <see cref="Resize.Interpolate"/>.
/// </summary>
public sealed class InterpolateRescaling : Rescaling
{
    /// <inheritdoc/>
    public override ResizeKernel InputKernel => ResizeKernel.Linear;

    /// <inheritdoc/>
    public override (int Height, int Width) SonSize(int height, int width, Scale scale) =>
        (Math.Max((int)(height / scale.Vertical), 1), Math.Max((int)(width / scale.Horizontal), 1));

    /// <inheritdoc/>
    public override IResize Shrinking(Scale scale, (int Height, int Width) large, (int Height, int Width) small) =>
        Between(large, small, InterpolationMode.Bicubic);

    /// <inheritdoc/>
    public override IResize Enlarging(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        Between(small, large, InterpolationMode.Bilinear);

    /// <inheritdoc/>
    public override IResize EnlargingDifferences(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        Between(small, large, InterpolationMode.Bicubic);

    private static SeparableResize Between((int Height, int Width) before, (int Height, int Width) after, InterpolationMode mode) =>
        SeparableResize.Interpolate(before.Height, before.Width, after.Height, after.Width, mode);
}

/// <summary>The paper's: MATLAB's bicubic, antialiased when shrinking. See <see cref="Resize.ImResize"/>.</summary>
public sealed class ImResizeRescaling : Rescaling
{
    /// <inheritdoc/>
    public override (int Height, int Width) SonSize(int height, int width, Scale scale) =>
        (Scale.One / scale).SizeOf(height, width);

    /// <inheritdoc/>
    public override IResize Shrinking(Scale scale, (int Height, int Width) large, (int Height, int Width) small) =>
        By(1 / scale.Vertical, 1 / scale.Horizontal, large, small);

    /// <inheritdoc/>
    public override IResize Enlarging(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
        By(scale.Vertical, scale.Horizontal, small, large);

    private static SeparableResize By(
        double vertical, double horizontal, (int Height, int Width) before, (int Height, int Width) after) =>
        new(new ImResizePlan(before.Height, before.Width, vertical, horizontal, after.Height, after.Width));
}
