using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>How a variant is mirrored after it has been turned.</summary>
public enum Mirroring
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Left and right are exchanged.</summary>
    Horizontal,

    /// <summary>Top and bottom are exchanged.</summary>
    Vertical,
}

/// <summary>A turned and mirrored copy of an image: first turned counter-clockwise by quarters, then mirrored.</summary>
/// <param name="QuarterTurns">0 to 3.</param>
/// <param name="Mirroring">Applied after the turn.</param>
public readonly record struct Variant(int QuarterTurns, Mirroring Mirroring)
{
    /// <summary>The article's list: each of the 4 turns with each of the 3 mirrorings. Only 8 of the 12 differ.</summary>
    public static IReadOnlyList<Variant> Twelve { get; } =
    [
        .. from turns in Enumerable.Range(0, 4)
           from mirroring in new[] { Mirroring.None, Mirroring.Horizontal, Mirroring.Vertical }
           select new Variant(turns, mirroring),
    ];

    /// <summary>The eight symmetries of the square, each once: the 4 turns, mirrored or not.</summary>
    public static IReadOnlyList<Variant> Eight { get; } = [.. Twelve.Where(variant => variant.Mirroring != Mirroring.Vertical)];

    /// <summary>The image as it is.</summary>
    public static Variant Identity => default;

    /// <summary>Turns images [N, H, W, C], then mirrors them; always a new tensor.</summary>
    public Tensor Apply(Tensor images)
    {
        using Tensor turned = Orientation.Rotate90(images, QuarterTurns);
        return Mirror(turned);
    }

    /// <summary>Takes <see cref="Apply(Tensor)"/> back: mirrors again, then turns back.</summary>
    public Tensor Undo(Tensor images)
    {
        using Tensor mirrored = Mirror(images);
        return Orientation.Rotate90(mirrored, -QuarterTurns);
    }

    /// <summary>Where an area of an image of height × width lies in the turned and mirrored copy.</summary>
    public PixelArea Apply(PixelArea area, int height, int width)
    {
        (int copyHeight, int copyWidth) = QuarterTurns % 2 == 0 ? (height, width) : (width, height);
        return Mirror(Turn(area, height, width, QuarterTurns), copyHeight, copyWidth);
    }

    /// <summary>Where an area of the turned and mirrored copy lies in the image, of height × width.</summary>
    public PixelArea Undo(PixelArea area, int height, int width)
    {
        (int copyHeight, int copyWidth) = QuarterTurns % 2 == 0 ? (height, width) : (width, height);
        return Turn(Mirror(area, copyHeight, copyWidth), copyHeight, copyWidth, 4 - QuarterTurns);
    }

    /// <summary>Where an area of the turned and mirrored copy lies in the image.</summary>
    public ImageArea Undo(ImageArea area)
    {
        area = Mirroring switch
        {
            Mirroring.Horizontal => area with { Left = 1 - area.Left - area.Width },
            Mirroring.Vertical => area with { Top = 1 - area.Top - area.Height },
            Mirroring.None => area,
            _ => throw Unknown(),
        };
        for (int turn = 0; turn < QuarterTurns; turn++)
            area = new ImageArea(area.Left, 1 - area.Top - area.Height, area.Width, area.Height);
        return area;
    }

    /// <summary>Where a step of so many rows and columns leads in the turned and mirrored copy.</summary>
    public (double Down, double Right) Turn((double Down, double Right) step)
    {
        for (int turn = 0; turn < QuarterTurns; turn++)
            step = (-step.Right, step.Down);
        return Mirroring switch
        {
            Mirroring.Horizontal => (step.Down, -step.Right),
            Mirroring.Vertical => (-step.Down, step.Right),
            Mirroring.None => step,
            _ => throw Unknown(),
        };
    }

    /// <summary>Such as <c>90° mirrored horizontally</c>.</summary>
    public override string ToString() => Mirroring == Mirroring.None
        ? $"{90 * QuarterTurns}°"
        : $"{90 * QuarterTurns}° mirrored {(Mirroring == Mirroring.Horizontal ? "horizontally" : "vertically")}";

    /// <summary>Each turn makes rows of columns, counted from the right.</summary>
    private static PixelArea Turn(PixelArea area, int height, int width, int quarterTurns)
    {
        for (int turn = 0; turn < quarterTurns; turn++)
        {
            area = new PixelArea(FromEnd(area.Columns, width), area.Rows);
            (height, width) = (width, height);
        }

        return area;
    }

    private PixelArea Mirror(PixelArea area, int height, int width) => Mirroring switch
    {
        Mirroring.Horizontal => area with { Columns = FromEnd(area.Columns, width) },
        Mirroring.Vertical => area with { Rows = FromEnd(area.Rows, height) },
        Mirroring.None => area,
        _ => throw Unknown(),
    };

    private InvalidOperationException Unknown() => new(
        $"variant: {(int)Mirroring} is no {nameof(Nn.Mirroring)}; there are {string.Join(", ", Enum.GetNames<Mirroring>())}.");

    private static PixelRange FromEnd(PixelRange range, int length) => range with { Start = length - range.End };

    private Tensor Mirror(Tensor images) => Mirroring switch
    {
        Mirroring.Horizontal => Orientation.FlipHorizontal(images),
        Mirroring.Vertical => Orientation.FlipVertical(images),
        Mirroring.None => images.Share(),
        _ => throw Unknown(),
    };
}
