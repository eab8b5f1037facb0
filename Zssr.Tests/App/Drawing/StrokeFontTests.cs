using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.Tests.App.Drawing;

/// <summary>The program's own letters.</summary>
[TestFixture]
[RunsApart]
public sealed class StrokeFontTests
{
    private const string Needed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?-–+=×·…/|_'\"()%&→";

    [TestCaseSource(nameof(Needed))]
    public void There_is_a_glyph_for(char letter) => Assert.That(GlyphTable.Glyphs, Does.ContainKey(letter));

    [Test]
    public void No_two_letters_look_alike()
    {
        var drawn = GlyphTable.Glyphs.Keys.Append('☃').ToDictionary(letter => letter, letter => Drawn($"{letter}"));
        foreach ((char first, float[] a) in drawn)
        {
            foreach ((char second, float[] b) in drawn.Where(other => other.Key > first))
                Assert.That(Difference(a, b), Is.GreaterThan(6), $"pixels of '{first}' and '{second}'");
        }
    }

    [Test]
    public void Capitals_and_digits_reach_from_the_top_to_the_line_they_stand_on()
    {
        foreach (char letter in Needed.Where(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter)))
        {
            Vector2[] points = [.. GlyphTable.Glyphs[letter].Strokes.SelectMany(stroke => stroke)];
            Assert.That(points.Min(point => point.Y), Is.EqualTo(0).Within(0.01f), $"{letter}'s top");
            Assert.That(points.Max(point => point.Y), Is.EqualTo(6).Within(letter == 'Q' ? 0.5f : 0.01f), $"{letter}'s line");
        }
    }

    [Test]
    public void No_letter_reaches_lower_than_the_descent()
    {
        foreach ((char letter, Glyph glyph) in GlyphTable.Glyphs)
            Assert.That(glyph.Strokes.Max(stroke => stroke.Max(point => point.Y)) / 6 - 1, Is.LessThan(StrokeFont.Descent), $"{letter}");
    }

    [Test]
    public void Text_ends_where_its_measure_says()
    {
        const string Text = "Kernel 13 × 13";
        float[] columns = [.. Drawn(Text).Chunk(240).Aggregate((a, b) => [.. a.Zip(b, float.Max)])];
        int last = Array.FindLastIndex(columns, ink => ink > 0.5f);
        Assert.That(last, Is.EqualTo(4 + StrokeFont.Measure(Text, 20)).Within(2));
    }

    [Test]
    public void An_empty_text_has_no_width() => Assert.That(StrokeFont.Measure("", 10), Is.Zero);

    [Test]
    public void A_control_point_bends_the_stroke_without_being_on_it()
    {
        Vector2[] stroke = Glyph.Parse("0,0 ~4,0 4,4").Strokes[0];
        Assert.That(stroke[^1], Is.EqualTo(new Vector2(4, 4)));
        Assert.That(stroke, Does.Contain(new Vector2(3, 1)), "the middle of the curve: (start + 2 control + end) / 4");
        Assert.That(stroke, Does.Not.Contain(new Vector2(4, 0)));
    }

    [Test]
    public void Between_two_control_points_the_stroke_passes_through_their_middle() =>
        Assert.That(Glyph.Parse("0,0 ~4,0 ~4,4 0,4").Strokes[0], Does.Contain(new Vector2(4, 2)));

    /// <summary>The ink on a sheet of 34 × 240 pixels, written 20 pixels high from (4, 4) on.</summary>
    private static float Difference(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += MathF.Abs(a[i] - b[i]);
        return sum;
    }

    private static float[] Drawn(string text)
    {
        var canvas = new Canvas(34, 240, Vector2.Zero, 1, Vector3.Zero);
        StrokeFont.Write(canvas, text, new Vector2(4), 20, Vector3.One);
        return [.. canvas.ToPicture().Color.Where((_, i) => i % 3 == 0)];
    }
}
