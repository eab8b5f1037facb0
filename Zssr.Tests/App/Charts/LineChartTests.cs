using Zssr.App.Charts;

namespace Zssr.Tests.App.Charts;

/// <summary>Curves as elements of SVG.</summary>
[TestFixture]
public sealed class LineChartTests
{
    [Test]
    public void What_an_axis_cannot_show_is_left_out()
    {
        CurvePoint[] right = [new(0, 1), new(2, 0.1)], wrong = [new(0, 1), new(1, 0), new(1, double.NaN), new(2, 0.1)];
        Assert.That(Draw(wrong), Is.EqualTo(Draw(right)).And.Not.Contain("NaN"));
        Assert.That(new LineChart("loss", [new ChartLine("loss", [new(0, 0)], "#000")]) { IsLogarithmic = true }.HasPoints, Is.False);
    }

    [Test]
    public void A_point_by_itself_is_a_dot()
    {
        Assert.That(Draw([new(3, 1)]), Does.Contain("<circle"));
        Assert.That(Draw([new(3, 1), new(4, 1)]), Does.Not.Contain("<circle"));
    }

    private static string Draw(CurvePoint[] points) =>
        new LineChart("loss", [new ChartLine("loss", points, "#000")]) { IsLogarithmic = true }.Draw();
}
