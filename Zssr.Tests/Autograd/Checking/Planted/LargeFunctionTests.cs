using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>Functions of many numbers: means, whose derivatives are small, and failures, whose place is found by halving.</summary>
[TestFixture]
public sealed class LargeFunctionTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(GradCheckMode.Projected, 1, true)]
    [TestCase(GradCheckMode.Sampled, 1, true)]
    [TestCase(GradCheckMode.Projected, 0, false)]
    [TestCase(GradCheckMode.Sampled, 0, false)]
    [TestCase(GradCheckMode.Projected, -1, false)]
    [TestCase(GradCheckMode.Sampled, 1.1, false)]
    public void A_mean_over_an_image_is_checked_though_each_derivative_is_small(GradCheckMode mode, double factor, bool passes)
    {
        using Tensor x = RandomTensors.Uniform(Device, [64, 256, 12], seed: 1, dtype: DType.Float64);
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t => Reduction.Mean(t[0]), (v, dy) => [BroadcastFunction.Apply(dy * (factor / v[0].Shape.ElementCount), v[0].Shape)], x),
            x, new GradCheckOptions { Mode = mode, Samples = 10 });
        Assert.That(report.Passed, Is.EqualTo(passes), report.ToString());
    }

    [Test]
    public void Who_asks_for_it_gets_the_fixed_tolerance()
    {
        using Tensor x = Tensor.From(Device, [2], [0.5, -1.5]);
        var fixedTolerance = new GradCheckOptions { ToleranceFollowsSize = false };
        Assert.That(GradCheck.Run(x => PlantedFunction.Square(x * 1e-6, (x, dy) => dy * x * -2), x, fixedTolerance).Passed, Is.True);
    }

    [Test]
    public void A_single_wrong_entry_of_a_large_function_is_found_in_few_runs()
    {
        int runs = 0;
        using Tensor x = RandomTensors.Uniform(Device, [64, 64, 3], seed: 1, low: 0.5, dtype: DType.Float64);
        int wrong = (11 * 64 + 47) * 3 + 2;
        GradCheckReport report = GradCheck.Run(
            x =>
            {
                runs++;
                return PlantedFunction.Square(
                    x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [.. g.Select((v, i) => i == wrong ? v * 1.5 : v)]));
            },
            x, new GradCheckOptions { Mode = GradCheckMode.Projected });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Worst[0].InputIndex, Is.EqualTo(new[] { 11, 47, 2 }), report.ToString());
        Assert.That(report.Worst[0].OutputIndex, Is.EqualTo(new[] { 11, 47, 2 }));
        Assert.That(runs, Is.LessThan(350), "one by one it takes 24,576");
    }

    [Test]
    public void A_wrong_sign_of_a_large_function_is_named_in_few_runs()
    {
        int runs = 0;
        using Tensor x = RandomTensors.Uniform(Device, [64, 64, 3], seed: 1, low: 0.5, dtype: DType.Float64);
        GradCheckReport report = GradCheck.Run(
            x =>
            {
                runs++;
                return SumFunction.Apply(PlantedFunction.Square(x, (x, dy) => dy * x * -2));
            },
            x, new GradCheckOptions { Mode = GradCheckMode.Projected });
        Assert.That(report.Causes, Has.Exactly(1).Contains("wrong sign"), report.ToString());
        Assert.That(report.Worst[0].InputIndex, Is.Not.Null);
        Assert.That(runs, Is.LessThan(350));
    }
}
