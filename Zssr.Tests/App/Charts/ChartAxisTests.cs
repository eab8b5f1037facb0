using Zssr.App.Charts;

namespace Zssr.Tests.App.Charts;

/// <summary>Where values lie on an axis, and which numbers stand beside it.</summary>
[TestFixture]
public sealed class ChartAxisTests
{
    [Test]
    public void Values_lie_between_the_ends_in_equal_steps()
    {
        ChartAxis axis = ChartAxis.Of([10, 30], roomBelow: 0.5, roomAbove: 1);
        Assert.That(new[] { 0.0, 10, 30, 50 }.Select(axis.Part), Is.EqualTo(new[] { 0, 0.2, 0.6, 1 }).Within(1e-12));
    }

    [Test]
    public void On_a_logarithmic_axis_equal_ratios_are_equally_far()
    {
        ChartAxis axis = ChartAxis.Of([0.01, 1], isLogarithmic: true, roomBelow: 0, roomAbove: 0);
        Assert.That(new[] { 0.01, 0.1, 1 }.Select(axis.Part), Is.EqualTo(new[] { 0, 0.5, 1 }).Within(1e-12));
    }

    [TestCase(0, 100, 6, "0 20 40 60 80 100")]
    [TestCase(0, 100, 5, "0 20 40 60 80 100", Description = "the step counts, not the number at the end")]
    [TestCase(-0.3, 0.25, 6, "-0.3 -0.2 -0.1 0 0.1 0.2")]
    [TestCase(21.77, 22.74, 6, "21.8 22 22.2 22.4 22.6")]
    [TestCase(0, 1e-7, 5, "0 2e-8 4e-8 6e-8 8e-8 1e-7")]
    public void Ticks_are_round_numbers(double least, double largest, int atMost, string expected) =>
        Assert.That(Labels(ChartAxis.Of([least, largest], roomBelow: 0, roomAbove: 0).Ticks(atMost)), Is.EqualTo(expected));

    [Test]
    public void Ticks_of_what_is_counted_are_whole() =>
        Assert.That(Labels(ChartAxis.Of([0, 3], roomBelow: 0.01, roomAbove: 0.01).Ticks(10, finest: 1)), Is.EqualTo("0 1 2 3"));

    [TestCase(1e-4, 1, 8, "0.0001 0.001 0.01 0.1 1")]
    [TestCase(0.02, 0.09, 8, "0.02 0.03 0.04 0.05 0.06 0.07 0.08 0.09")]
    [TestCase(0.01, 1, 8, "0.01 0.02 0.05 0.1 0.2 0.5 1")]
    [TestCase(1e-12, 1, 8, "1e-12 1e-10 1e-8 1e-6 0.0001 0.01 1")]
    [TestCase(0.051, 0.058, 8, "0.051 0.052 0.053 0.054 0.055 0.056 0.057 0.058")]
    public void Ticks_of_a_logarithmic_axis_are_as_many_digits_of_each_power_as_have_room(
        double least, double largest, int atMost, string expected)
    {
        // Without room at the ends rounding would decide whether the first and the last are there.
        ChartAxis axis = ChartAxis.Of([least, largest], isLogarithmic: true, roomBelow: 0.001, roomAbove: 0.001);
        Assert.That(Labels(axis.Ticks(atMost)), Is.EqualTo(expected));
    }

    [TestCase(0.0)]
    [TestCase(0.001)]
    [TestCase(-7.0)]
    public void A_single_value_has_room_on_both_sides(double value)
    {
        ChartAxis axis = ChartAxis.Of([value, value]);
        Assert.That(axis.Part(value), Is.EqualTo(0.5).Within(1e-9));
        Assert.That(axis.Ticks(6), Has.Count.InRange(2, 7));
    }

    [TestCase(0.05, 0.05000000000000001, false)]
    [TestCase(1, 1.0000000000000002, true)]
    [TestCase(0, 5e-324, false)]
    public void Values_that_hardly_differ_are_as_one(double least, double largest, bool isLogarithmic) =>
        Assert.That(ChartAxis.Of([least, largest], isLogarithmic).Ticks(6), Has.Count.InRange(2, 7));

    [Test]
    public void Without_values_there_is_an_axis_all_the_same([Values] bool isLogarithmic) =>
        Assert.That(ChartAxis.Of([], isLogarithmic).Ticks(6), Is.Not.Empty);

    private static string Labels(IEnumerable<double> ticks) => string.Join(' ', ticks.Select(ChartAxis.Label));
}
