using System.Numerics;

namespace Zssr.App.Drawing;

/// <summary>Writes text with a round pen, at any size.</summary>
internal static class StrokeFont
{
    /// <summary>How far small letters such as g reach below the line, in heights of a capital.</summary>
    public const float Descent = 0.35f;

    /// <summary>Units of a glyph in the height of a capital.</summary>
    private const float UnitsPerCapital = 6;

    private const float LetterGap = 1.7f, WordGap = 2.2f;

    /// <summary>Stands for characters that the table lacks: an empty box, as elsewhere.</summary>
    private static readonly Glyph Unknown = Glyph.Parse("0,0 3,0 3,6 0,6 0,0");

    private static readonly Glyph Space = new([], WordGap);

    /// <summary>How wide a line of text is, without the pen's own width, in the unit of <paramref name="capHeight"/>.</summary>
    public static float Measure(string text, float capHeight) =>
        text.Length == 0 ? 0 : (text.Sum(letter => GlyphOf(letter).Width + LetterGap) - LetterGap) * capHeight / UnitsPerCapital;

    /// <summary>Writes a line of text.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">What; characters without a glyph become a box.</param>
    /// <param name="topLeft">The upper left corner of the first letter, were it a capital.</param>
    /// <param name="capHeight">The height of a capital, in the drawing's units.</param>
    /// <param name="color">The pen's colour.</param>
    /// <param name="weight">The pen's width, in heights of a capital.</param>
    public static void Write(Canvas canvas, string text, Vector2 topLeft, float capHeight, Vector3 color, float weight = 0.14f)
    {
        float scale = capHeight / UnitsPerCapital;
        foreach (Glyph glyph in text.Select(GlyphOf))
        {
            foreach (Vector2[] stroke in glyph.Strokes)
            {
                for (int i = 1; i < stroke.Length; i++)
                {
                    Vector2 from = topLeft + (scale * stroke[i - 1]), to = topLeft + (scale * stroke[i]);
                    canvas.Fill(Outlines.Stroke(from, to, weight * capHeight), color);
                }
            }

            topLeft.X += (glyph.Width + LetterGap) * scale;
        }
    }

    /// <summary>Writes a line of text around the middle <paramref name="topCenter"/>; see <see cref="Write"/>.</summary>
    public static void WriteCentered(Canvas canvas, string text, Vector2 topCenter, float capHeight, Vector3 color, float weight = 0.14f) =>
        Write(canvas, text, topCenter - new Vector2(Measure(text, capHeight) / 2, 0), capHeight, color, weight);

    /// <summary>The glyph of a character, or the box that stands for an unknown one.</summary>
    private static Glyph GlyphOf(char letter) => letter == ' ' ? Space : GlyphTable.Glyphs.GetValueOrDefault(letter, Unknown);
}
