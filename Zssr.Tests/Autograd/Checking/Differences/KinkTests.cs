using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Differences;

/// <summary>Where there is no derivative, there is nothing to compare; but not much may be left out.</summary>
[TestFixture]
public sealed class KinkTests
{
    private const double Epsilon = 1e-6;

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    // At the kink, and with it in reach of the step: before half of it, between half and all, just in reach.
    [TestCase(0)]
    [TestCase(0.1 * Epsilon)]
    [TestCase(-0.2 * Epsilon)]
    [TestCase(0.33 * Epsilon)]
    [TestCase(0.45 * Epsilon)]
    [TestCase(-0.7 * Epsilon)]
    [TestCase(0.9 * Epsilon)]
    public void An_element_at_a_kink_is_left_out_and_named(double distance)
    {
        using Tensor x = Elements(distance);
        GradCheckReport report = GradCheck.Run(ReluFunction.Apply, x);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Kinks, Has.Count.EqualTo(1));
        Assert.That(report.Kinks[0].Index, Is.EqualTo(new[] { 7 }));
        Assert.That(report.Kinks[0].Value, Is.EqualTo(distance));
        Assert.That(report.Compared, Is.EqualTo(20 * 20 - 1));
        Assert.That(report.ToString(), Does.Contain("left out, at kinks: x[7]").Or.Contain("left out, at kinks: input 0[7]"));
    }

    [Test]
    public void A_kink_out_of_the_steps_reach_is_none()
    {
        using Tensor x = Elements(1.1 * Epsilon);
        Assert.That(GradCheck.Run(ReluFunction.Apply, x).Kinks, Is.Empty);
    }

    [Test]
    public void A_step_is_a_kink_too()
    {
        using Tensor x = Elements(0.3 * Epsilon);
        GradCheckReport report = GradCheck.Run(SignFunction.Apply, x);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Kinks, Has.Count.EqualTo(1));
    }

    // f″ = 10⁸ bends the function by far more than the tolerance within a step, but smoothly.
    [Test]
    public void A_strong_curve_is_no_kink()
    {
        using Tensor x = Elements(0);
        GradCheckReport report = GradCheck.Run(x => SquareFunction.Apply(x * 1e4), x);
        Assert.That(report.Kinks, Is.Empty);
        Assert.That(report.Passed, Is.True, report.ToString());
    }

    [Test]
    public void Rounding_errors_of_large_values_are_no_kinks()
    {
        using Tensor x = Elements(0.5);
        GradCheckReport report = GradCheck.Run(x => x + 1e6, x);
        Assert.That(report.Kinks, Is.Empty);
    }

    [Test]
    public void Too_many_kinks_fail_the_check()
    {
        using Tensor x = Tensor.From(Device, [4], [0, 1, 0, 2.0]);
        GradCheckReport report = GradCheck.Run(ReluFunction.Apply, x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Failed, Is.Zero);
        Assert.That(report.Problems, Has.Some.Contains("lie at kinks"));
        Assert.That(GradCheck.Run(ReluFunction.Apply, x, new GradCheckOptions { LargestKinkShare = 0.5 }).Passed, Is.True);
    }

    [Test]
    public void A_wrong_gradient_beside_a_kink_is_still_found()
    {
        using Tensor x = Elements(0);
        GradCheckReport report = GradCheck.Run(x => PlantedFunction.Square(ReluFunction.Apply(x), (x, dy) => dy * x), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Causes, Has.Some.Contains("is half"), report.ToString());
    }

    [TestCase(GradCheckMode.Projected)]
    [TestCase(GradCheckMode.Sampled)]
    public void Other_modes_leave_kinks_out_too(GradCheckMode mode)
    {
        using Tensor x = Elements(0.2 * Epsilon);
        GradCheckReport report = GradCheck.Run(ReluFunction.Apply, x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Kinks, Has.Count.EqualTo(1));
    }

    /// <summary>Twenty numbers, the eighth of which is near 0.</summary>
    private static Tensor Elements(double eighth) =>
        Tensor.From(Device, [20], [.. Enumerable.Range(0, 20).Select(i => i == 7 ? eighth : i < 7 ? -1 - i : 1.0 + i)]);
}
