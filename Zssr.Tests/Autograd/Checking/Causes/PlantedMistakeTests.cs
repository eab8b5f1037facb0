using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Causes;

/// <summary>Each usual mistake in a backward pass is found, and its cause is guessed.</summary>
[TestFixture]
public sealed class PlantedMistakeTests
{
    private static readonly double[] Values = [0.5, -1.5, 2, 0.25, 0.75, -0.4, 1.2, 3, -2.1];

    private static readonly Dictionary<string, (Func<Variable, Variable> Function, string Cause)> Mistakes = new()
    {
        ["sign"] = (x => PlantedFunction.Square(x, (x, dy) => dy * x * -2), "wrong sign"),
        ["twice"] = (x => PlantedFunction.Square(x, (x, dy) => dy * x * 4), "is twice"),
        ["half"] = (x => PlantedFunction.Square(x, (x, dy) => dy * x), "is half"),
        ["factor"] = (x => PlantedFunction.Square(x, (x, dy) => dy * x * 3.4), "is 1.7 times"),
        ["mean taken for a sum"] = (
            x => PlantedFunction.Apply(t => Reduction.Sum(t[0]), (v, dy) => [BroadcastFunction.Apply(dy / 9, v[0].Shape)], x),
            "is 1/9 of what it should be, everywhere (9 is the number of elements of this input: was a mean taken for a sum?)"),
        ["sum taken for a mean"] = (
            x => PlantedFunction.Apply(t => Reduction.Mean(t[0]), (v, dy) => [BroadcastFunction.Apply(dy, v[0].Shape)], x),
            "is 9 times what it should be, everywhere (9 is the number of elements of this input: was a sum taken for a mean?)"),
        ["transposed"] = (
            x => PlantedFunction.Square(
                x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [g[0], g[3], g[6], g[1], g[4], g[7], g[2], g[5], g[8]])),
            "is transposed: its numbers are in the order of axes (1, 0)"),
        ["flipped"] = (
            x => PlantedFunction.Square(x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [.. g.Reverse()])),
            "is flipped along axis 0 and 1"),
        ["shifted"] = (
            x => PlantedFunction.Square(
                x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [0, g[0], g[1], 0, g[3], g[4], 0, g[6], g[7]])),
            "is shifted by +1 along axis 1"),
        ["zero"] = (x => PlantedFunction.Square(x, (x, dy) => dy * 0), "is zero everywhere"),
        ["missing"] = (x => PlantedFunction.Square(x, (_, _) => null) + x, "is missing"),
        ["output gradient forgotten"] = (x => PlantedFunction.Square(x, (x, _) => x * 2), "its factor dy is missing"),
        ["own derivative forgotten"] = (x => PlantedFunction.Square(x, (_, dy) => dy), "is the output gradient dy as it came"),
        ["not a number"] = (
            x => PlantedFunction.Square(
                x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [double.NaN, .. g[1..]])), "is NaN in places"),
        ["wrong at the border"] = (
            x => PlantedFunction.Square(x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [.. g[..6], 0, 0, 0])),
            "is wrong in 3 of 9 elements, all of them at index 2 of axis 0"),
        ["a use of a shared input forgotten"] = (
            x => PlantedFunction.Apply(t => Elementwise.Multiply(t[0], t[1]), (v, dy) => [dy * v[1], null], x, x),
            "its input 1 [3, 3] is missing: the backward pass gives none. The same variable is its input 0, too"),
        ["cut off"] = (x => x * x.Detach(), "every function on the tape is right by itself"),
    };

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCaseSource(nameof(Names))]
    public void A_planted_mistake_is_found_and_its_cause_guessed(string mistake)
    {
        (Func<Variable, Variable> function, string cause) = Mistakes[mistake];
        using Tensor x = Tensor.From(Device, [3, 3], Values);
        GradCheckReport report = GradCheck.Run(function, x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Causes, Has.Some.Contains(cause), report.ToString());
    }

    [TestCaseSource(nameof(Names))]
    public void Random_directions_find_it_too(string mistake)
    {
        using Tensor x = Tensor.From(Device, [3, 3], Values);
        GradCheckReport report = GradCheck.Run(Mistakes[mistake].Function, x, new GradCheckOptions { Mode = GradCheckMode.Projected });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Worst[0].InputIndex, Is.Not.Null, "the place is found by the full mode");
    }

    [Test]
    public void The_same_function_without_a_mistake_passes()
    {
        using Tensor x = Tensor.From(Device, [3, 3], Values);
        GradCheckReport report = GradCheck.Run(x => PlantedFunction.Square(x, (x, dy) => dy * x * 2), x);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Causes, Is.Empty);
    }

    [Test]
    public void In_a_composed_function_the_guilty_one_is_named()
    {
        using Tensor x = Tensor.From(Device, [1, 5, 5, 2], [.. Enumerable.Range(0, 50).Select(i => Math.Sin(i) * 2)]);
        using Tensor w = Tensor.From(Device, [3, 3, 2, 3], [.. Enumerable.Range(0, 54).Select(i => Math.Cos(i * 1.7))]);
        GradCheckReport report = GradCheck.Run(
            (x, w) => SumFunction.Apply(
                PlantedFunction.Square(SigmoidFunction.Apply(Conv2dFunction.Apply(x, w)), (x, dy) => dy * x * -2)),
            x, w);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Causes, Has.Count.EqualTo(1), report.ToString());
        Assert.That(report.Causes[0], Does.StartWith("Planted ([1, 3, 3, 3] → [1, 3, 3, 3])").And.Contains("wrong sign"));
    }

    [Test]
    public void A_mistake_in_the_second_derivative_is_traced_to_its_function()
    {
        using Tensor x = Tensor.From(Device, [3, 3], Values);
        GradCheckReport report = GradCheck.Run(
            x => SigmoidFunction.Apply(PlantedFunction.Square(x, (x, dy) => dy * x.Detach() * 2)), x, new GradCheckOptions { Order = 2 });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Order, Is.EqualTo(2), report.ToString());
        Assert.That(report.Causes, Has.Some.StartsWith("Planted").And.Some.Contains("is missing"), report.ToString());
    }

    // Each product is right by itself, as central differences of it are exact; those of a cube with so large a step are not.
    [Test]
    public void A_step_that_is_too_large_is_not_called_a_cut()
    {
        using Tensor x = Tensor.From(Device, [3, 3], Values);
        GradCheckReport report = GradCheck.Run(x => x * x * x, x, new GradCheckOptions { Epsilon = 0.1 });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Causes[0], Does.StartWith("every function on the tape is right by itself, at this Epsilon"));
        Assert.That(report.Causes, Has.None.Contains("is cut off"));
    }

    [Test]
    public void A_gradient_that_is_cut_off_as_a_whole_is_called_so()
    {
        using Tensor x = Tensor.From(Device, [3, 3], Values), y = Tensor.From(Device, [3, 3], Values);
        GradCheckReport report = GradCheck.Run((x, y) => x * x + y.Detach() * 2, x, y);
        Assert.That(report.Causes, Has.Some.Contains("something between them is cut off").And.Some.Contains("y [3, 3] is missing"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_callers_tolerances_hold_for_each_function_by_itself(bool forOneInput)
    {
        using Tensor x = Tensor.From(Device, [3, 3], Values);
        GradCheckReport report = GradCheck.Run(
            x => SigmoidFunction.Apply(PlantedFunction.Square(x, (x, dy) => dy * x * 2.0001)),
            new GradCheckInput(x) { RelativeTolerance = forOneInput ? 1e-6 : null },
            new GradCheckOptions { RelativeTolerance = forOneInput ? 1e-3 : 1e-6 });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Causes, Has.Count.EqualTo(1));
        Assert.That(report.Causes[0], Does.StartWith("Planted ([3, 3] → [3, 3])").And.Contains("is 1.00005 times"));
    }

    [Test]
    public void The_callers_tolerances_hold_for_second_derivatives_too()
    {
        using Tensor x = Tensor.From(Device, [3, 3], Values);
        var options = new GradCheckOptions { Order = 2, RelativeTolerance = 1e-6 };
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(x, (x, dy) => dy * (x.Detach() * 5e-5 + x * 0.99995) * 2), x, options);
        Assert.That(report.Order, Is.EqualTo(2));
        Assert.That(report.Causes, Has.Some.StartsWith("Planted").And.Some.Contains("is 0.99995 times"), report.ToString());
    }

    [Test]
    public void Failures_within_the_noise_of_the_differences_have_no_cause()
    {
        using Tensor x = Tensor.From(Device, [50], [.. Enumerable.Range(0, 50).Select(i => i * 0.37)]);
        GradCheckReport report = GradCheck.Run(
            x => x + 1e7, x, new GradCheckOptions { AbsoluteTolerance = 1e-7, RelativeTolerance = 0 });
        Assert.That(report.Problems, Has.Some.Contains("smaller than the rounding errors"));
        Assert.That(report.Causes, Is.Empty, report.ToString());
    }

    private static string[] Names() => [.. Mistakes.Keys];
}
