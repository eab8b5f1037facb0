using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>
/// Plain bicubic enlargement by the whole scale of a run: what its result is compared with, and how transparency grows.
/// Pixels are taken to lie where the settings' kernel placement has them.
/// </summary>
internal sealed class BicubicEnlargement(ZssrSettings settings)
{
    private readonly Scale _total = settings.Scales.Aggregate(Scale.One, (product, scale) => product * scale);

    private readonly KernelPlacement _placement = settings.KernelPlacement ?? KernelPlacement.Centred;

    /// <summary>As published figures do, the border of as many pixels as the scale does not count.</summary>
    public int Shave => (int)Math.Ceiling(Math.Max(_total.Vertical, _total.Horizontal));

    /// <summary>Rows and columns of the result for an image of height × width.</summary>
    public (int Height, int Width) SizeOf(int height, int width) => _total.SizeOf(height, width);

    /// <summary>[1, H, W, C] → [1, scale · H, scale · W, C], values clamped to 0…1.</summary>
    public Tensor Apply(Tensor image)
    {
        (int height, int width) = SizeOf(image.Shape[1], image.Shape[2]);
        (double down, double right) = _placement.Displacement(_total);
        ResizeAxis rows = ResizeAxis.ImResize(image.Shape[1], _total.Vertical, height, displacement: down);
        ResizeAxis columns = ResizeAxis.ImResize(image.Shape[2], _total.Horizontal, width, displacement: right);
        using Tensor enlarged = new SeparableResize(rows, columns, _total.Vertical <= _total.Horizontal).Apply(image);
        return Elementwise.Clamp(enlarged, 0, 1);
    }
}
