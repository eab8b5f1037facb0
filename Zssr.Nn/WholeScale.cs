using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>By how much a network makes images larger itself: a whole number for rows and one for columns.</summary>
/// <param name="Vertical">Rows of its answer for each row that it is given, 1 or more.</param>
/// <param name="Horizontal">Columns of its answer for each column that it is given, 1 or more.</param>
public readonly record struct WholeScale(int Vertical, int Horizontal)
{
    /// <summary>How far above a whole number a scale still counts as that number: roots of scales are not exact.</summary>
    private const double Rounding = 1e-9;

    /// <summary>No change of size.</summary>
    public static WholeScale One => new(1, 1);

    /// <summary>Pixels of the answer for each pixel.</summary>
    public int Area => Vertical * Horizontal;

    /// <summary>Whether rows and columns grow alike: only then may an image be turned by a quarter and back around the network.</summary>
    public bool IsSquare => Vertical == Horizontal;

    /// <summary>The least whole scale that is at least as large as a scale.</summary>
    public static WholeScale AtLeast(Scale scale) =>
        new((int)Math.Ceiling(scale.Vertical - Rounding), (int)Math.Ceiling(scale.Horizontal - Rounding));

    /// <summary>The larger one of each.</summary>
    public WholeScale Max(WholeScale other) =>
        new(Math.Max(Vertical, other.Vertical), Math.Max(Horizontal, other.Horizontal));

    /// <summary>The same as a scale.</summary>
    public Scale ToScale() => new(Vertical, Horizontal);

    /// <summary>Whether it is this scale, but for rounding.</summary>
    public bool Is(Scale scale) =>
        Math.Abs(scale.Vertical - Vertical) <= Rounding && Math.Abs(scale.Horizontal - Horizontal) <= Rounding;

    /// <summary><c>2</c>, or <c>2x3</c> (vertical × horizontal) where they differ.</summary>
    public override string ToString() => ToScale().ToString();

    /// <summary>The pixels of the answer that belong to an area of what is given.</summary>
    internal PixelArea Enlarge(PixelArea area) => new(Enlarge(area.Rows, Vertical), Enlarge(area.Columns, Horizontal));

    /// <summary>The pixels of what is given to which those of an area of the answer belong.</summary>
    internal PixelArea Cover(PixelArea area) => new(Cover(area.Rows, Vertical), Cover(area.Columns, Horizontal));

    private static PixelRange Enlarge(PixelRange range, int factor) => new(range.Start * factor, range.Length * factor);

    private static PixelRange Cover(PixelRange range, int factor) =>
        PixelRange.Between(range.Start / factor, (range.End + factor - 1) / factor);
}
