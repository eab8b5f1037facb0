using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>Plain bicubic enlargement by the whole scale of a run: what its result is compared with, and how transparency grows.</summary>
internal sealed class BicubicEnlargement(ZssrSettings settings)
{
    private readonly Scale _total = settings.Scales.Aggregate(Scale.One, (product, scale) => product * scale);

    /// <summary>As published figures do, the border of as many pixels as the scale does not count.</summary>
    public int Shave => (int)Math.Ceiling(Math.Max(_total.Vertical, _total.Horizontal));

    /// <summary>Rows and columns of the result for an image of height × width.</summary>
    public (int Height, int Width) SizeOf(int height, int width) => _total.SizeOf(height, width);

    /// <summary>[1, H, W, C] → [1, scale · H, scale · W, C], values clamped to 0…1.</summary>
    public Tensor Apply(Tensor image)
    {
        (int height, int width) = SizeOf(image.Shape[1], image.Shape[2]);
        using Tensor enlarged = Resize.ImResize(image, _total.Vertical, _total.Horizontal, height, width);
        return Elementwise.Clamp(enlarged, 0, 1);
    }
}
