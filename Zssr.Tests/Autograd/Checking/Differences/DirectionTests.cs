using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Differences;

/// <summary>Random directions where the function has kinks.</summary>
[TestFixture]
public sealed class DirectionTests
{
    private static readonly GradCheckOptions Projected = new() { Mode = GradCheckMode.Projected };

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    // A direction moves the sum by about 18 ε, so about half of them reach the kink 12 ε away, as in a network of many units; an element
    // alone does not.
    [Test]
    public void A_direction_that_meets_a_kink_is_drawn_anew()
    {
        using Tensor x = Tensor.From(Device, [300], [.. Enumerable.Range(0, 300).Select(i => Math.Sin(i))]);
        double sum = x.ToDoubles().Sum();
        int runs = 0;
        GradCheckReport report = GradCheck.Run(Network, x, Projected);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Mode, Is.EqualTo(GradCheckMode.Projected), "the full mode would need 600 runs");
        Assert.That(report.Compared, Is.EqualTo(3));
        Assert.That(report.Kinks, Is.Empty);
        Assert.That(runs, Is.InRange(20, 100), "3 and 3 · 2 for each of 3 directions are the least; a kink costs more");

        Variable Network(Variable x)
        {
            runs++;
            return ReluFunction.Apply(SumFunction.Apply(x) - (sum - 12e-6));
        }
    }

    [Test]
    public void A_failure_along_directions_stays_one_where_kinks_were_met()
    {
        // Each element of y is wrong by less than the tolerance, all of them together by more.
        using Tensor x = Tensor.From(Device, [20], [.. Enumerable.Range(0, 20).Select(i => i == 7 ? 1e-7 : i - 30.0)]);
        using Tensor y = Tensor.Zeros(Device, [400], DType.Float64);
        GradCheckReport report = GradCheck.Run(
            (x, y) => SumFunction.Apply(ReluFunction.Apply(x)) + PlantedFunction.Apply(
                t => Tensor.Zeros(t[0].Device, [], DType.Float64), (v, dy) => [BroadcastFunction.Apply(dy * 0.9e-5, v[0].Shape)], y),
            x, y, Projected with { ToleranceFollowsSize = false });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Failed, Is.GreaterThanOrEqualTo(1), report.ToString());
        Assert.That(report.Worst[0].Input, Is.EqualTo("y"));
        Assert.That(report.Worst[0].InputIndex, Is.Null, "no single element explains it");
    }
}
