using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// What a network answers to turned and mirrored copies of an image, part by part: the same bits as if it had seen whole copies.
/// </summary>
/// <remarks>
/// Areas of answers are counted in their pixels, of which a network that enlarges has more than it is given. One that enlarges rows
/// and columns differently cannot see copies turned by a quarter: it would enlarge the wrong way.
/// <para>
/// One whose pixels are placed off the middle of their blocks (<see cref="KernelPlacement"/>) takes those of a turned copy to lie there
/// too, while in the copy they lie where the turn has brought them. So its answer is the copy enlarged, but moved by the difference
/// (<see cref="Moved"/>): by s − 1 pixels along each mirrored axis, where pixels are placed first. Where that is a whole number, the answer
/// is moved back without a loss; other copies cannot be shown. What is moved in from outside needs a <see cref="Frame"/> of mirrored
/// pixels around the image.
/// </para>
/// </remarks>
/// <param name="network">The network.</param>
/// <param name="height">Rows of the whole image that the network is given.</param>
/// <param name="width">Columns of the whole image that the network is given.</param>
/// <param name="peak">The value of white.</param>
internal sealed class TurnedCopies(Module network, int height, int width, double peak)
{
    private readonly WholeScale _enlargement = network.Enlargement;

    /// <summary>Of the copies that a self-ensemble takes, those that the network can see, and that its kernel has blurred.</summary>
    /// <exception cref="SettingsException">Another number than 1, 8 or 12.</exception>
    public static IReadOnlyList<Variant> Variants(int count, Module network, Rescaling rescaling) =>
        [.. Variants(count, network.Enlargement).Where(variant => rescaling.IsUnchangedBy(variant) && CanShow(network, variant))];

    /// <summary>The copies that a self-ensemble of 1, 8 or 12 takes; of these, the ones that keep rows and columns if it must be so.</summary>
    /// <exception cref="SettingsException">Another number.</exception>
    public static IReadOnlyList<Variant> Variants(int count, WholeScale enlargement) => enlargement.IsSquare
        ? Variants(count) : [.. Variants(count).Where(variant => variant.QuarterTurns % 2 == 0)];

    /// <summary>The copies that a self-ensemble of 1, 8 or 12 takes.</summary>
    /// <exception cref="SettingsException">Another number.</exception>
    public static IReadOnlyList<Variant> Variants(int count) => count switch
    {
        1 => [Variant.Identity],
        8 => Variant.Eight,
        12 => Variant.Twelve,
        _ => throw new SettingsException($"ensemble: {count} was asked for; 1, 8 or 12 copies are possible."),
    };

    /// <summary>What interpolation reads beyond the pixels next to a place.</summary>
    private const int InterpolationReach = 2;

    /// <summary>Pixels by which an image must be continued on each side, for a network that enlarges.</summary>
    public static int Frame(Module network)
    {
        Scale scale = network.Enlargement.ToScale();
        (double down, double right) = network.Placement.Displacement(scale);
        double moved = 2 * Math.Max(Math.Abs(down), Math.Abs(right)) / Math.Min(scale.Vertical, scale.Horizontal);
        return moved == 0 ? 0 : (int)Math.Ceiling(moved) + InterpolationReach;
    }

    /// <summary>By how much the answer to a copy is moved against the copy enlarged, in pixels of the answer.</summary>
    public static (double Down, double Right) Moved(Module network, Variant variant)
    {
        (double Down, double Right) placed = network.Placement.Displacement(network.Enlargement.ToScale()), turned = variant.Turn(placed);
        return (turned.Down - placed.Down, turned.Right - placed.Right);
    }

    /// <summary>Whether the network can see a copy: its answer can be moved back.</summary>
    public static bool CanShow(Module network, Variant variant)
    {
        (double down, double right) = Moved(network, variant);
        return double.IsInteger(down) && double.IsInteger(right);
    }

    /// <summary>The part of the image that answers to any copy of a part depend on.</summary>
    public PixelArea Support(PixelArea area) => network.Margin is { } margin
        ? _enlargement.Cover(area).Grown(margin + Frame(network) + TiledInference.Alignment - 1, height, width)
        : PixelArea.Whole(height, width);

    /// <summary>The network's answer to a copy, clamped, turned and mirrored back.</summary>
    /// <param name="image">A part of the image, [1, h, w, C].</param>
    /// <param name="present">Which part that is; the <see cref="Support"/> of the area must lie in it.</param>
    /// <param name="variant">How the copy is turned and mirrored.</param>
    /// <param name="area">The part of the answer that is wanted.</param>
    public Tensor Answer(Tensor image, PixelArea present, Variant variant, PixelArea area)
    {
        // The rectangles as they lie in the copy, of which the network reads what it must, from an aligned corner on.
        PixelArea large = _enlargement.Enlarge(PixelArea.Whole(height, width));
        (double down, double right) = Moved(network, variant);
        PixelArea turnedArea = variant.Apply(area, large.Rows.Length, large.Columns.Length);
        PixelArea wanted = turnedArea.Moved(-(int)down, -(int)right);
        PixelArea read = Read(variant, _enlargement.Cover(wanted));
        using Tensor part = Window.Crop(image, variant.Undo(read, height, width).From(present));
        using Tensor turned = variant.Apply(part);
        using Tensor output = network.Infer(turned);
        using Tensor inside = Window.Crop(output, wanted.From(_enlargement.Enlarge(read)));
        using Tensor clamped = Elementwise.Clamp(inside, 0, peak);
        return variant.Undo(clamped);
    }

    private PixelArea Read(Variant variant, PixelArea wanted)
    {
        PixelArea copy = variant.Apply(PixelArea.Whole(height, width), height, width);
        return network.Margin is { } margin
            ? new PixelArea(Read(wanted.Rows, margin, copy.Rows.Length), Read(wanted.Columns, margin, copy.Columns.Length)) : copy;
    }

    private static PixelRange Read(PixelRange wanted, int margin, int length)
    {
        PixelRange grown = wanted.Grown(margin, length);
        return PixelRange.Between(grown.Start / TiledInference.Alignment * TiledInference.Alignment, grown.End);
    }
}
