namespace Zssr.App.KernelPages;

/// <summary>Two texts with titles: in two columns where there is room for both, else one after the other.</summary>
internal static class SideBySide
{
    /// <summary>Columns of a terminal that two texts need: code is seldom wider than half of them.</summary>
    public const int Narrowest = 160;

    private const int WidthOfTitles = 80;
    private const string Between = " │ ";

    /// <summary>The lines to print.</summary>
    /// <param name="width">Columns of the terminal; null for a file or pipe, where lines are as long as they are.</param>
    /// <param name="left">The text that comes first.</param>
    /// <param name="right">The text beside or below it.</param>
    public static IEnumerable<string> Lay(int? width, (string Title, string Text) left, (string Title, string Text) right) =>
        width >= Narrowest ? Columns(width.Value, left, right) : Stacked(width, left).Append("").Concat(Stacked(width, right));

    /// <summary>One text below its title.</summary>
    public static IEnumerable<string> Stacked(int? width, (string Title, string Text) part)
    {
        string[] title = [.. CodeLines.Wrap($"── {part.Title} ", Room(width))];
        title[^1] = title[^1].PadRight(width is null ? WidthOfTitles - 1 : Room(width), '─');
        return title.Concat(CodeLines.Of(part.Text).SelectMany(line => CodeLines.Wrap(line, Room(width))));
    }

    /// <summary>How long lines may be. The last column stays free: some terminals wrap as soon as it is filled.</summary>
    public static int Room(int? width) => width is null ? int.MaxValue : Math.Max(width.Value - 1, 20);

    private static IEnumerable<string> Columns(int width, (string Title, string Text) left, (string Title, string Text) right)
    {
        string[] leftLines = CodeLines.Of(left.Text), rightLines = CodeLines.Of(right.Text);

        // Half for each, or more for one that needs more while the other needs less.
        int room = Room(width) - Between.Length;
        int leftWidth = Math.Min(Longest(left.Title, leftLines), Math.Max(room / 2, room - Longest(right.Title, rightLines)));
        int rightWidth = room - leftWidth;
        string[] leftPieces = Pieces(left.Title, leftLines, leftWidth), rightPieces = Pieces(right.Title, rightLines, rightWidth);
        for (int i = 0; i < Math.Max(leftPieces.Length, rightPieces.Length); i++)
            yield return (CodeLines.Pad(At(leftPieces, i), leftWidth) + Between + At(rightPieces, i)).TrimEnd();
    }

    private static string[] Pieces(string title, string[] lines, int width) =>
        [.. CodeLines.Wrap(title, width), new string('─', width), .. lines.SelectMany(line => CodeLines.Wrap(line, width))];

    private static int Longest(string title, string[] lines) => lines.Append(title).Max(line => line.Length);

    private static string At(string[] pieces, int i) => i < pieces.Length ? pieces[i] : "";
}
