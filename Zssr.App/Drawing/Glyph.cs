using System.Globalization;
using System.Numerics;

namespace Zssr.App.Drawing;

/// <summary>A letter as a pen would write it: one or more strokes.</summary>
/// <remarks>
/// Units are a sixth of the height of a capital. y goes down: 0 is the top of capitals, 2 of small letters, 6 the line they stand on.
/// </remarks>
/// <param name="Strokes">Each stroke's points, joined by straight lines.</param>
/// <param name="Width">From the left edge to the rightmost point.</param>
internal sealed record Glyph(IReadOnlyList<Vector2[]> Strokes, float Width)
{
    /// <summary>Straight pieces for one curve.</summary>
    private const int CurvePieces = 10;

    /// <summary>
    /// Reads <c>x,y x,y; x,y …</c>. Strokes are separated by semicolons. A point marked <c>~</c> pulls the stroke without being on it
    /// (a quadratic Bézier's control point); between two such in a row the stroke passes through their middle, as in TrueType.
    /// </summary>
    public static Glyph Parse(string text)
    {
        Vector2[][] strokes = [.. text.Split(';', StringSplitOptions.TrimEntries).Select(Stroke)];
        return new Glyph(strokes, strokes.Max(stroke => stroke.Max(point => point.X)));
    }

    private static Vector2[] Stroke(string text)
    {
        var stroke = new List<Vector2>();
        Vector2? pull = null;
        foreach (string mark in text.Split(' '))
        {
            Vector2 point = Point(mark.TrimStart('~'));
            bool pulls = mark[0] == '~';
            if (pull is { } control)
                AddCurve(stroke, control, pulls ? (control + point) / 2 : point);
            else if (!pulls)
                stroke.Add(point);
            pull = pulls ? point : null;
        }

        return [.. stroke];
    }

    private static void AddCurve(List<Vector2> stroke, Vector2 control, Vector2 end)
    {
        Vector2 start = stroke[^1];
        for (int i = 1; i <= CurvePieces; i++)
        {
            float t = i / (float)CurvePieces;
            stroke.Add(Vector2.Lerp(Vector2.Lerp(start, control, t), Vector2.Lerp(control, end, t), t));
        }
    }

    private static Vector2 Point(string text)
    {
        string[] coordinates = text.Split(',');
        return new Vector2(
            float.Parse(coordinates[0], CultureInfo.InvariantCulture), float.Parse(coordinates[1], CultureInfo.InvariantCulture));
    }
}
