using Zssr.App.Drawing;
using Zssr.App.Images;

namespace Zssr.App.Reports;

/// <summary>A picture's place in a montage.</summary>
/// <param name="Picture">The picture, enlarged already.</param>
/// <param name="Caption">The text above it.</param>
/// <param name="Top">The row of its first pixel.</param>
/// <param name="Left">The column of its first pixel, where its caption begins too.</param>
internal sealed record MontageCell(Picture Picture, string Caption, int Top, int Left);

/// <summary>Where everything in a montage goes: rows of pictures below their captions, in columns.</summary>
/// <param name="Height">Rows of the whole.</param>
/// <param name="Width">Columns of the whole.</param>
/// <param name="CapHeight">The height of the captions' capitals; 0 where there are no captions.</param>
/// <param name="Cells">The pictures.</param>
internal sealed record MontageLayout(int Height, int Width, int CapHeight, IReadOnlyList<MontageCell> Cells)
{
    private const int SmallestText = 9, LargestText = 26;

    /// <summary>Pixels between a caption's line and the picture below it, in heights of a capital.</summary>
    private const float CaptionGap = 0.75f;

    /// <summary>Lays out rows of pictures; see <see cref="Montage.Rows"/>.</summary>
    public static MontageLayout Of(IReadOnlyList<IReadOnlyList<(Picture Picture, string Caption)>> rows, int smallestSide)
    {
        (Picture Picture, string Caption)[][] shown = [.. rows.Select(row => Enlarged(row, smallestSide)).Where(row => row.Length > 0)];
        if (shown.Length == 0)
            throw new ArgumentException("montage: there is no picture to show.", nameof(rows));
        int largest = shown.Max(row => row.Max(cell => LongerSide(cell.Picture)));
        int capHeight = shown.Any(HasCaption) ? Math.Clamp(largest / 32, SmallestText, LargestText) : 0;
        int margin = Math.Max(capHeight, SmallestText);
        int[] lefts = ColumnEdges(shown, margin, capHeight);

        var cells = new List<MontageCell>();
        int top = margin;
        foreach ((Picture Picture, string Caption)[] row in shown)
        {
            if (HasCaption(row))
                top += capHeight + (int)MathF.Ceiling(CaptionGap * capHeight);
            for (int i = 0; i < row.Length; i++)
                cells.Add(new MontageCell(row[i].Picture, row[i].Caption, top, lefts[i]));
            top += row.Max(cell => cell.Picture.Height) + margin;
        }

        return new MontageLayout(top, lefts[^1], capHeight, cells);
    }

    /// <summary>The row of the top of a cell's caption.</summary>
    public int CaptionTop(MontageCell cell) => cell.Top - CapHeight - (int)MathF.Ceiling(CaptionGap * CapHeight);

    /// <summary>Where each column begins, and last where a further one would: the montage's width.</summary>
    private static int[] ColumnEdges((Picture Picture, string Caption)[][] rows, int margin, int capHeight)
    {
        int[] edges = new int[rows.Max(row => row.Length) + 1];
        edges[0] = margin;
        for (int column = 0; column + 1 < edges.Length; column++)
        {
            IEnumerable<int> widths = rows.Where(row => column < row.Length).Select(row => CellWidth(row[column], capHeight));
            edges[column + 1] = edges[column] + widths.Max() + margin;
        }

        return edges;
    }

    private static bool HasCaption((Picture Picture, string Caption)[] row) => row.Any(cell => cell.Caption.Length > 0);

    private static int CellWidth((Picture Picture, string Caption) cell, int capHeight) =>
        Math.Max(cell.Picture.Width, (int)MathF.Ceiling(StrokeFont.Measure(cell.Caption, capHeight)));

    private static (Picture Picture, string Caption)[] Enlarged(
        IReadOnlyList<(Picture Picture, string Caption)> row, int smallestSide) =>
        [.. row.Select(cell => (PictureBlocks.Enlarge(cell.Picture, Factor(LongerSide(cell.Picture), smallestSide)), cell.Caption))];

    private static int Factor(int side, int smallestSide) => Math.Max(1, (smallestSide + side - 1) / side);

    private static int LongerSide(Picture picture) => Math.Max(picture.Height, picture.Width);
}
