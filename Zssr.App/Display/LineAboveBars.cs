using Spectre.Console.Rendering;

namespace Zssr.App.Display;

/// <summary>
/// A line that stays on the terminal above the bars. The bars below are cleared first, of which the line would leave the ends standing,
/// and the line is left to the terminal to wrap, so that names in it can be copied.
/// </summary>
internal sealed class LineAboveBars(string text) : Renderable
{
    private const string ClearToEnd = "\e[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        if (options.Ansi)
            yield return Segment.Control(ClearToEnd);
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            yield return new Segment(line);
            yield return Segment.LineBreak;
        }
    }
}
