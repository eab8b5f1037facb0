using System.Globalization;
using System.Xml.Linq;
using Zssr.App.Charts;

namespace Zssr.Tests.App.Charts;

/// <summary>The chart of losses, as an SVG document.</summary>
[TestFixture]
[RunsApart]
public sealed class LossChartTests
{
    private static readonly double[] Falling = [.. Enumerable.Range(0, 500).Select(i => Math.Exp(-i / 100.0))];

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4)]
    public void Each_drop_of_the_rate_has_a_line_and_a_label(int count)
    {
        RateDrop[] drops = [.. Enumerable.Range(1, count).Select(i => new RateDrop(100 * i, Math.Pow(10, -3 - i)))];
        XDocument chart = Chart(Falling, drops);
        Assert.That(Texts(chart).Where(text => text.StartsWith("rate ", StringComparison.Ordinal)),
            Is.EquivalentTo(drops.Select((_, i) => $"rate 1e-{4 + i}")));
        Assert.That(chart.Descendants().Attributes("stroke-dasharray").Count(), Is.EqualTo(count));
    }

    [Test]
    public void Settings_may_hold_characters_that_mean_something_in_xml() =>
        Assert.That(Texts(Chart(Falling, [], settings: "a<b & \"c\" ×2")), Does.Contain("a<b & \"c\" ×2"));

    [Test]
    public void Losses_that_are_not_numbers_change_nothing_else()
    {
        double[] broken = [.. Falling];
        (broken[30], broken[200], broken[201]) = (double.NaN, double.PositiveInfinity, double.NegativeInfinity);
        string chart = Chart(broken, []).ToString();
        Assert.That(chart, Does.Not.Contain("NaN").And.Not.Contain("Infinity").And.Not.Contain("∞"));
        Assert.That(Texts(Chart(broken, [])), Is.EqualTo(Texts(Chart(Falling, []))), "the same axes");
    }

    [TestCase(new double[0])]
    [TestCase(new[] { 0.3 })]
    [TestCase(new[] { 0.0, 0.0 })]
    [TestCase(new[] { double.NaN, double.NaN })]
    [TestCase(new[] { 1.0, 0.01, 0.0, -1.0 })]
    public void However_few_losses_there_are_a_chart_is_drawn(double[] losses)
    {
        XDocument chart = Chart(losses, [new RateDrop(5, 1e-4)], [new CurvePoint(0, double.PositiveInfinity)]);
        Assert.That(Texts(chart), Does.Contain("iteration").And.Contain("loss").And.Contain("rate 1e-4"));
        Assert.That(chart.ToString(), Does.Not.Contain("NaN"));
        Assert.That(Texts(chart), Does.Not.Contain("reconstruction PSNR, dB"), "an infinite PSNR is left out");
    }

    [Test]
    public void The_axis_of_losses_is_logarithmic_only_where_they_span_more_than_a_decade()
    {
        XDocument decades = Chart([.. Enumerable.Range(0, 400).Select(i => Math.Pow(10, -i / 100.0))], []);
        Assert.That(Gap(decades, "1", "0.1"), Is.EqualTo(Gap(decades, "0.1", "0.01")).Within(0.5), "equal ratios, equally far");
        XDocument narrow = Chart([10, 50], []);
        Assert.That(Gap(narrow, "40", "30"), Is.EqualTo(Gap(narrow, "30", "20")).Within(0.5), "equal differences, equally far");

        static double Gap(XDocument chart, string upper, string lower) => HeightOf(chart, lower) - HeightOf(chart, upper);
    }

    [Test]
    public void Losses_that_a_logarithmic_axis_cannot_show_are_left_out() =>
        Assert.That(LossChart.Svg("", [1, 0.01, 0, -1], []), Is.EqualTo(LossChart.Svg("", [1, 0.01, double.NaN, double.NaN], [])));

    [Test]
    public void Psnr_is_drawn_on_an_axis_of_its_own_where_it_was_measured()
    {
        Assert.That(Texts(Chart(Falling, [], [new CurvePoint(0, 20), new CurvePoint(400, 30)])), Does.Contain("reconstruction PSNR, dB"));
        Assert.That(Texts(Chart(Falling, [])), Does.Not.Contain("reconstruction PSNR, dB"));
    }

    [Test]
    public void A_long_training_makes_a_small_file()
    {
        var random = new Random(1);
        double[] losses = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.That(LossChart.Svg("", losses, []), Has.Length.LessThan(150_000));
    }

    private static XDocument Chart(double[] losses, RateDrop[] drops, CurvePoint[]? psnr = null, string settings = "settings") =>
        XDocument.Parse(LossChart.Svg(settings, losses, drops, psnr));

    private static string[] Texts(XDocument chart) =>
        [.. chart.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    /// <summary>How far below the upper edge an axis's label stands.</summary>
    private static double HeightOf(XDocument chart, string label)
    {
        XElement text = chart.Descendants().First(element => element.Name.LocalName == "text" && element.Value == label);
        return double.Parse(text.Attribute("y")!.Value, CultureInfo.InvariantCulture);
    }
}
