using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.Tests.App.Drawing;

/// <summary>Filling outlines with smooth edges.</summary>
[TestFixture]
public sealed class CanvasTests
{
    private const float Exact = 1e-5f;

    [Test]
    public void A_pixel_covered_in_part_is_mixed_in_that_proportion()
    {
        var canvas = new Canvas(1, 3, Vector2.Zero, 1, Vector3.Zero);
        canvas.Fill(Outlines.Rectangle(0.25f, 0, 1.5f, 1), Vector3.One);
        Assert.That(RedOf(canvas), Is.EqualTo(new[] { 0.75f, 0.5f, 0 }).Within(Exact));
    }

    [Test]
    public void Two_outlines_that_share_a_slanted_edge_leave_no_gap()
    {
        var canvas = new Canvas(8, 8, Vector2.Zero, 8, Vector3.Zero);
        canvas.Fill([new(-1, -1), new(0.7f, -1), new(0.2f, 2), new(-1, 2)], Vector3.One);
        canvas.Fill([new(0.7f, -1), new(2, -1), new(2, 2), new(0.2f, 2)], Vector3.One);
        Assert.That(RedOf(canvas), Has.All.EqualTo(1f));
    }

    [Test]
    public void What_an_outline_goes_around_twice_stays_empty()
    {
        var canvas = new Canvas(1, 3, Vector2.Zero, 1, Vector3.Zero);
        Vector2[] twice = [.. Outlines.Rectangle(0, 0, 3, 1), new(0, 0), .. Outlines.Rectangle(1, 0, 2, 1), new(1, 0)];
        canvas.Fill(twice, Vector3.One);
        Assert.That(RedOf(canvas), Is.EqualTo(new[] { 1f, 0, 1 }).Within(Exact));
    }

    [Test]
    public void A_translucent_outline_lets_what_is_below_through()
    {
        var canvas = new Canvas(1, 1, Vector2.Zero, 1, Vector3.One);
        canvas.Fill(Outlines.Rectangle(-5, -5, 5, 5), Vector3.Zero, opacity: 0.25f);
        Assert.That(RedOf(canvas), Is.EqualTo(new[] { 0.75f }).Within(Exact));
    }

    [Test]
    public void Paint_is_asked_in_the_units_of_the_drawing()
    {
        var canvas = new Canvas(1, 2, new Vector2(1, 0), unit: 2, Vector3.Zero);
        canvas.Fill(Outlines.Rectangle(-1, -1, 1, 1), point => new Vector3(point.X + 0.5f));
        Assert.That(RedOf(canvas), Is.EqualTo(new[] { 0.25f, 0.75f }).Within(Exact), "pixels are from -0.5 to 0 and from 0 to 0.5");
    }

    [Test]
    public void A_disc_covers_as_much_as_its_area()
    {
        var canvas = new Canvas(40, 40, Vector2.Zero, 40, Vector3.Zero);
        canvas.Fill(Outlines.Disc(new Vector2(0.5f), 0.4f), Vector3.One);
        Assert.That(RedOf(canvas).Average(), Is.EqualTo(MathF.PI * 0.16f).Within(0.003f));
    }

    [TestCase(0.3f, 0.2f, 0.7f, 0.9f)]
    [TestCase(0.7f, 0.9f, 0.3f, 0.2f)]
    [TestCase(0.5f, 0.5f, 0.5f, 0.5f)]
    public void A_stroke_covers_a_bar_and_two_half_discs(float x0, float y0, float x1, float y1)
    {
        const float Width = 0.1f;
        var canvas = new Canvas(64, 64, Vector2.Zero, 64, Vector3.Zero);
        Vector2 from = new(x0, y0), to = new(x1, y1);
        canvas.Fill(Outlines.Stroke(from, to, Width), Vector3.One);
        float area = (Vector2.Distance(from, to) * Width) + (MathF.PI * Width * Width / 4);
        Assert.That(RedOf(canvas).Average(), Is.EqualTo(area).Within(0.0007f));
    }

    private static float[] RedOf(Canvas canvas) => [.. canvas.ToPicture().Color.Where((_, i) => i % 3 == 0)];
}
