using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Differences;

/// <summary>Steps and kinks that look the same from both sides show only when the step gets smaller.</summary>
[TestFixture]
public sealed class StepTests
{
    private const double Epsilon = 1e-6;

    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(GradCheckMode.Full)]
    [TestCase(GradCheckMode.Projected)]
    [TestCase(GradCheckMode.Sampled)]
    public void A_step_whose_middle_is_halfway_is_a_kink(GradCheckMode mode)
    {
        using Tensor x = Elements(eighth: 0);
        GradCheckReport report = GradCheck.Run(SignFunction.Apply, x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Kinks.Select(kink => kink.Index[0]), Is.EqualTo(new[] { 7 }));
    }

    [Test]
    public void The_second_derivative_of_abs_is_a_step_at_0()
    {
        using Tensor x = Elements(eighth: 0);
        GradCheckReport report = GradCheck.Run(AbsFunction.Apply, x, SecondOrder);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Order, Is.EqualTo(2));
        Assert.That(report.Kinks.Select(kink => kink.Index[0]), Is.EqualTo(new[] { 7 }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void The_second_derivative_of_max_and_min_of_two_is_a_step_at_a_tie(bool larger)
    {
        using Tensor x = Elements(eighth: 0.25);
        using Tensor y = Tensor.From(Device, [20], [.. Enumerable.Range(0, 20).Select(i => i == 7 ? 0.25 : 3.5)]);
        GradCheckReport report = GradCheck.Run(
            (x, y) => larger ? MaximumFunction.Apply(x, y) : MinimumFunction.Apply(x, y), x, y, SecondOrder);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Order, Is.EqualTo(2));
        Assert.That(report.Kinks.Select(kink => (kink.Input, kink.Index[0])), Is.EqualTo(new[] { ("x", 7), ("y", 7) }));
    }

    [Test]
    public void The_second_derivative_of_max_of_all_is_a_step_where_two_are_largest()
    {
        using Tensor x = Tensor.From(Device, [20], [.. Enumerable.Range(0, 20).Select(i => i is 3 or 11 ? 5 : -0.5 * i)]);
        GradCheckReport report = GradCheck.Run(x => MaxFunction.Apply(x) * 2, x, SecondOrder);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Order, Is.EqualTo(2));
        Assert.That(report.Kinks.Select(kink => kink.Index[0]), Is.EqualTo(new[] { 3, 11 }));
    }

    // clamp(x, −c, c) is as steep on the left of 0 as on the right.
    [TestCase(0.2)]
    [TestCase(0.35)]
    [TestCase(0.7)]
    public void A_pair_of_kinks_around_the_point_is_one(double share)
    {
        using Tensor x = Elements(eighth: 0);
        GradCheckReport report = GradCheck.Run(x => ClampFunction.Apply(x, -share * Epsilon, share * Epsilon), x);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Kinks.Select(kink => kink.Index[0]), Is.EqualTo(new[] { 7 }));
    }

    // With ε = 0.1, the difference of sin(10 x)'s slopes is far above the tolerance at ε, ε/2 and ε/4.
    [TestCase(0.5)]
    [TestCase(-1.0)]
    [TestCase(0.8)]
    [TestCase(1.2)]
    public void A_wrong_gradient_of_a_strong_curve_is_no_kink(double factor)
    {
        using Tensor x = Elements(eighth: 0);
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t => Mapped(t[0], v => Math.Sin(10 * v)),
                (v, dy) => [dy * PlantedFunction.Mangle(v[0], g => [.. g.Select(value => factor * 10 * Math.Cos(10 * value))])], x),
            x, new GradCheckOptions { Epsilon = 0.1 });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Kinks, Is.Empty);
        Assert.That(report.Failed, Is.GreaterThan(15));
    }

    [Test]
    public void A_wrong_gradient_beside_a_small_step_is_no_kink()
    {
        using Tensor x = Elements(eighth: 0);
        // The step makes the slope 0.01 steeper; the gradient is wrong by 1.
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(t => Mapped(t[0], v => v + 1e-8 * Math.Sign(v)), (_, dy) => [dy * 2], x), x);
        Assert.That(report.Failed, Is.EqualTo(20), report.ToString());
        Assert.That(report.Kinks, Is.Empty);
    }

    private static Tensor Mapped(Tensor x, Func<double, double> f) =>
        Tensor.From(x.Device, x.Shape, x.ToDoubles().Select(f).ToArray(), x.DType);

    /// <summary>Twenty numbers, all but the eighth of them at least 1 away from 0.</summary>
    private static Tensor Elements(double eighth) =>
        Tensor.From(Device, [20], [.. Enumerable.Range(0, 20).Select(i => i == 7 ? eighth : i < 7 ? -1 - i : 1.0 + i)]);
}
