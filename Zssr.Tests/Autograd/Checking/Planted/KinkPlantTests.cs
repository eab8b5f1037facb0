using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>At a kink the gradient must lie between the slopes of the two sides.</summary>
[TestFixture]
public sealed class KinkPlantTests
{
    private const double Epsilon = 1e-6;

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    private static IEnumerable<TestCaseData> Gradients =>
        from mode in Enum.GetValues<GradCheckMode>()
        from example in new (string Name, Func<double, double> F, Func<double, double> Slope, bool Passes)[]
        {
            ("relu 0", x => Math.Max(x, 0), x => x > 0 ? 1 : 0, true),
            ("relu 1", x => Math.Max(x, 0), x => x >= 0 ? 1 : 0, true),
            ("relu ½", x => Math.Max(x, 0), x => x == 0 ? 0.5 : x > 0 ? 1 : 0, true),
            ("relu 17", x => Math.Max(x, 0), x => x == 0 ? 17 : x > 0 ? 1 : 0, false),
            ("relu −0.2", x => Math.Max(x, 0), x => x == 0 ? -0.2 : x > 0 ? 1 : 0, false),
            ("relu 1.2", x => Math.Max(x, 0), x => x == 0 ? 1.2 : x > 0 ? 1 : 0, false),
            ("relu NaN", x => Math.Max(x, 0), x => x == 0 ? double.NaN : x > 0 ? 1 : 0, false),
            ("abs −1", Math.Abs, x => x > 0 ? 1 : -1, true),
            ("abs 2", Math.Abs, x => x == 0 ? 2 : Math.Sign(x), false),
            ("abs, curved, ¼", x => Math.Abs(x) + 3 * x * x, x => x == 0 ? 0.25 : Math.Sign(x) + 6 * x, true),
            ("abs, curved, −3", x => Math.Abs(x) + 3 * x * x, x => x == 0 ? -3 : Math.Sign(x) + 6 * x, false),
            ("step 0", x => Math.Sign(x), _ => 0, true),
            ("step 17", x => Math.Sign(x), x => x == 0 ? 17 : 0, false),
            ("step on a slope", x => 2 * x + (x >= 0 ? 1 : 0), _ => 2, true),
            ("step on a slope, 0", x => 2 * x + (x >= 0 ? 1 : 0), x => x == 0 ? 0 : 2, false),
            ("small relu", x => 1e-6 * Math.Max(x, 0), x => x > 0 ? 1e-6 : 0, true),
            ("small relu 17", x => 1e-6 * Math.Max(x, 0), x => x == 0 ? 17e-6 : x > 0 ? 1e-6 : 0, false),
        }
        select new TestCaseData(example.F, example.Slope, example.Passes, mode).SetArgDisplayNames(example.Name, mode.ToString());

    [TestCaseSource(nameof(Gradients))]
    public void A_gradient_at_a_kink_lies_between_the_slopes_beside_it(
        Func<double, double> f, Func<double, double> slope, bool passes, GradCheckMode mode)
    {
        using Tensor x = Elements(0);
        GradCheckReport report = GradCheck.Run(x => Mapped(x, f, slope), x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Passed, Is.EqualTo(passes), report.ToString());
    }

    // The point itself is smooth, but the kink is in reach of the step.
    [TestCase(0.03)]
    [TestCase(0.1)]
    [TestCase(0.3)]
    [TestCase(-0.3)]
    [TestCase(0.9)]
    public void Beside_a_kink_the_gradient_is_the_slope_of_its_side(double distance)
    {
        using Tensor x = Elements(distance * Epsilon);
        GradCheckReport right = GradCheck.Run(ReluFunction.Apply, x);
        Assert.That(right.Passed, Is.True, right.ToString());
        Assert.That(right.Kinks, Has.Count.EqualTo(1));
        GradCheckReport wrong = GradCheck.Run(
            x => Mapped(x, v => Math.Max(v, 0), v => Math.Abs(v) <= Epsilon ? 17 : v > 0 ? 1 : 0), x);
        Assert.That(wrong.Passed, Is.False, wrong.ToString());
        Assert.That(wrong.Problems, Has.Some.Contains("at the kink x[7]").And.Some.Contains("the gradient is 17"), wrong.ToString());
    }

    private static Variable Mapped(Variable x, Func<double, double> f, Func<double, double> slope) => PlantedFunction.Apply(
        t => Tensor.From(Device, t[0].Shape, [.. t[0].ToDoubles().Select(f)]),
        (v, dy) => [PlantedFunction.Mangle(dy, g => [.. g.Zip(v[0].Value.ToDoubles(), (u, value) => u * slope(value))])], x);

    /// <summary>Twelve numbers, the eighth of which is near 0.</summary>
    private static Tensor Elements(double eighth) =>
        Tensor.From(Device, [12], [.. Enumerable.Range(0, 12).Select(i => i == 7 ? eighth : i < 7 ? -1 - i : 1.0 + i)]);
}
