using Zssr.App.Charts;

namespace Zssr.Tests.App.Charts;

/// <summary>Thinning and smoothing of losses.</summary>
[TestFixture]
public sealed class LossCurveTests
{
    [Test]
    public void Few_losses_are_kept_as_they_are()
    {
        CurvePoint[] expected = [new(0, 3), new(1, 1), new(2, 2)];
        Assert.That(LossCurve.Thinned([3, 1, 2], 2000), Is.EqualTo(expected));
    }

    [Test]
    public void Thinning_keeps_every_spike_and_few_points()
    {
        double[] losses = new double[30_000];
        (losses[12_345], losses[777]) = (9, -9);
        IReadOnlyList<CurvePoint> thinned = LossCurve.Thinned(losses, 2000);
        Assert.That(thinned, Has.Count.LessThanOrEqualTo(2000));
        Assert.That(thinned, Does.Contain(new CurvePoint(12_345, 9)).And.Contain(new CurvePoint(777, -9)));
        Assert.That(thinned.Select(point => point.Iteration), Is.Ordered);
    }

    [Test]
    public void Losses_that_are_not_numbers_are_left_out()
    {
        double[] losses = [1, double.NaN, 2, double.PositiveInfinity, 3];
        int[] kept = [0, 2, 4];
        Assert.That(LossCurve.Thinned(losses, 2000).Select(point => point.Iteration), Is.EqualTo(kept));
        Assert.That(LossCurve.Smoothed(losses, 1000).Select(point => point.Value), Has.All.InRange(1.0, 3.0));
    }

    [Test]
    public void Smoothing_follows_a_slope_and_ignores_a_spike()
    {
        double[] losses = [.. Enumerable.Range(0, 1000).Select(i => 1000.0 - i)];
        losses[500] = 1e9;
        IReadOnlyList<CurvePoint> smooth = LossCurve.Smoothed(losses, 1000);
        Assert.That(smooth, Has.Count.EqualTo(1000));
        foreach (CurvePoint point in smooth)
            Assert.That(point.Value, Is.EqualTo(1000.0 - point.Iteration).Within(2));
    }

    [Test]
    public void Smoothing_keeps_few_points_too() => Assert.That(LossCurve.Smoothed(new double[12_345], 1000), Has.Count.InRange(900, 1000));
}
