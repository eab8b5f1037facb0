using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>Mistakes that depend on what ran before, or change from pass to pass.</summary>
[TestFixture]
public sealed class StatePlantTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    private static GradCheckMode[] Modes => Enum.GetValues<GradCheckMode>();

    [TestCaseSource(nameof(Modes))]
    public void A_cache_of_the_latest_forward_pass_is_caught_and_named(GradCheckMode mode)
    {
        using Tensor x = Numbers(8);
        double[] cache = [];
        GradCheckReport report = GradCheck.Run(x => Cached(x, value => cache = value, () => cache), x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Failed, Is.Zero, "its numbers are right, as long as nothing else runs");
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Causes, Has.Some.StartsWith("Planted ([8] → [8]): the backward pass depends on what ran last"), report.ToString());
    }

    [Test]
    public void A_cache_that_spoils_a_second_application_is_named()
    {
        using Tensor x = Numbers(8);
        double[] cache = [];
        GradCheckReport report = GradCheck.Run(
            x => Cached(SigmoidFunction.Apply(Cached(x, value => cache = value, () => cache)), value => cache = value, () => cache), x);
        Assert.That(report.Failed, Is.Positive);
        Assert.That(report.Causes, Has.Some.Contains("the backward pass depends on what ran last"), report.ToString());
    }

    [TestCaseSource(nameof(Modes))]
    public void A_mask_of_the_latest_forward_pass_is_caught(GradCheckMode mode)
    {
        using Tensor x = Numbers(8);
        double[] mask = [];
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t =>
                {
                    mask = [.. t[0].ToDoubles().Select(v => v > 0 ? 1.0 : 0)];
                    return Elementwise.Relu(t[0]);
                },
                (_, dy) => [PlantedFunction.Mangle(dy, g => [.. g.Zip(mask, (u, m) => u * m)])], x),
            x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Problems, Has.Some.Contains("depends on what ran last"), report.ToString());
    }

    [Test]
    public void A_cache_that_is_set_once_is_named()
    {
        using Tensor x = Numbers(8);
        double[] cache = [.. x.ToDoubles().Select((v, i) => v + 0.1 * (i + 1))];
        GradCheckReport report = GradCheck.Run(x => Cached(x, _ => { }, () => cache), x);
        Assert.That(report.Causes, Has.Some.Contains("does not change with the inputs, as it should"), report.ToString());
    }

    [Test]
    public void What_differs_only_in_one_row_is_found()
    {
        using Tensor x = Numbers(16);
        int passes = 0;
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(
                x, (x, dy) => dy * x * (dy.Value.ToDoubles() is var u && u[5] == 1 ? 2 + 1e-6 * passes++ : 2)),
            x);
        Assert.That(report.Problems, Has.Exactly(1).StartsWith("two backward passes give gradients of x that are"), report.ToString());
    }

    [TestCase(GradCheckMode.Full, 2)]
    [TestCase(GradCheckMode.Projected, 30)]
    [TestCase(GradCheckMode.Sampled, 30)]
    public void What_differs_in_one_of_twenty_passes_is_found(GradCheckMode mode, int repeats)
    {
        using Tensor x = Numbers(16);
        int passes = 0;
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(
                x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => ++passes % 20 == 0 ? [g[0] * (1 + 1e-12) + 1e-12, .. g[1..]] : g)),
            x, new GradCheckOptions { Mode = mode, Repeats = repeats });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("two backward passes give gradients of x"), report.ToString());
    }

    [Test]
    public void A_sum_in_another_order_each_time_is_found()
    {
        using Tensor x = Numbers(8);
        var random = new Random(3);
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(x, (x, dy) => PlantedFunction.Mangle(
                dy * x * 2, g => [.. g.Select(v => random.Next(4) == 0 ? Math.BitIncrement(v) : v)])),
            x);
        Assert.That(report.Problems, Has.Some.Contains("two backward passes give gradients of x"), report.ToString());
    }

    private static Variable Cached(Variable x, Action<double[]> set, Func<double[]> get) => PlantedFunction.Apply(
        t =>
        {
            set(t[0].ToDoubles());
            return Elementwise.Square(t[0]);
        },
        (_, dy) => [PlantedFunction.Mangle(dy * 2, g => [.. g.Zip(get(), (u, v) => u * v)])], x);

    private static Tensor Numbers(int count) =>
        Tensor.From(Device, [count], [.. Enumerable.Range(0, count).Select(i => (i % 3 == 0 ? -1 : 1) * (0.4 + 0.23 * i))]);
}
