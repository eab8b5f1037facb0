using Zssr.App.Display;

namespace Zssr.Tests.App.Display;

/// <summary>The words beside the bar fit into the terminal.</summary>
[TestFixture]
public sealed class BarTextTests
{
    private static readonly BarText Long = new(
        "a-picture-with-a-rather-long-name-as-cameras-give.png", "scale 1x1.5 (1/6), iteration 12340/36000, 3 min 20 s left",
        "loss 0.02431, rate 0.000906, reconstruction 27.35 dB");

    [TestCase(20)]
    [TestCase(60)]
    [TestCase(80)]
    [TestCase(200)]
    public void No_line_is_wider_than_the_terminal(int columns)
    {
        Assert.That(BarText.BarWidth(columns) + Long.Beside(columns, 0.5).Length, Is.LessThan(Math.Max(columns, 25)));
        Assert.That(Long.Below(columns).Length, Is.LessThan(Math.Max(columns, 25)));
    }

    [Test]
    public void A_long_name_is_shortened_in_the_middle_and_the_rest_stays()
    {
        BarText text = Long with { Position = "iteration 40/300, 2 s left" };
        string beside = text.Beside(80, 0.125);
        Assert.That(beside, Does.StartWith("  12%  a-pict").And.Contain("…").And.EndWith(".png: iteration 40/300, 2 s left"));
        Assert.That(Long.Below(80), Does.EndWith("reconstruction 27.35 dB"), "80 columns hold all figures");
    }

    [Test]
    public void Figures_move_to_the_left_where_they_would_not_fit() =>
        Assert.That(Long.Below(55), Is.EqualTo("  " + Long.Figures));

    [Test]
    public void A_bar_without_a_name_has_its_position_alone() =>
        Assert.That(new BarText("", "2 of 4 images", "").Beside(80, 0.5), Is.EqualTo("  50%  2 of 4 images"));
}
