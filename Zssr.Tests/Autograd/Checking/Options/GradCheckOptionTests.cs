using System.Text.Json;
using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Options;

/// <summary>Modes, inputs, references and what a report says.</summary>
[TestFixture]
public sealed class GradCheckOptionTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void A_single_wrong_entry_among_many_is_found_by_random_directions()
    {
        using Tensor x = Tensor.From(Device, [20, 20], [.. Enumerable.Range(0, 400).Select(i => Math.Sin(i) * 3)]);
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(
                x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [.. g.Select((v, i) => i == 397 ? v * 1.01 : v)])),
            x, new GradCheckOptions { Mode = GradCheckMode.Projected });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Mode, Is.EqualTo(GradCheckMode.Full));
        Assert.That(report.Failed, Is.EqualTo(1));
        Assert.That(report.Worst[0].InputIndex, Is.EqualTo(new[] { 19, 17 }));
        Assert.That(report.Worst[0].OutputIndex, Is.EqualTo(new[] { 19, 17 }));
    }

    [Test]
    public void A_sample_compares_as_many_elements_as_asked_for()
    {
        using Tensor x = Tensor.From(Device, [90], [.. Enumerable.Range(1, 90).Select(i => i * 0.1)]);
        using Tensor y = Tensor.From(Device, [10], new double[10]);
        GradCheckReport report = GradCheck.Run(
            (x, y) => SumFunction.Apply(x * x) + SumFunction.Apply(y * 2.0), x, y,
            new GradCheckOptions { Mode = GradCheckMode.Sampled, Samples = 20 });
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Compared, Is.EqualTo(3 * 20), "three weighted sums of the output for each element");
    }

    [Test]
    public void A_samples_elements_are_each_inputs_share()
    {
        using Tensor x = Tensor.From(Device, [90], [.. Enumerable.Range(1, 90).Select(i => i * 0.1)]);
        using Tensor y = Tensor.Full(Device, [10], 0.5, DType.Float64);
        GradCheckReport report = GradCheck.Run(
            (x, y) => SumFunction.Apply(x * x) + SumFunction.Apply(PlantedFunction.Square(y, (y, dy) => dy * y)), x, y,
            new GradCheckOptions { Mode = GradCheckMode.Sampled, Samples = 20 });
        Assert.That(report.Failed, Is.EqualTo(3 * 2), "y, which is wrong, has a tenth of all elements");
    }

    [Test]
    public void Each_input_gets_at_least_one_sample()
    {
        using Tensor x = Tensor.Full(Device, [90], 0.5, DType.Float64), y = Tensor.Full(Device, [1], 0.5, DType.Float64);
        GradCheckReport report = GradCheck.Run(
            (x, y) => SumFunction.Apply(x * x) + SumFunction.Apply(y * y), x, y,
            new GradCheckOptions { Mode = GradCheckMode.Sampled, Samples = 1 });
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Worst.Select(entry => entry.Input), Is.EquivalentTo(new[] { "x", "x", "x", "y", "y", "y" }));
    }

    [Test]
    public void A_Jacobian_that_is_too_large_for_the_full_mode_is_refused_and_projected_instead()
    {
        using Tensor x = Tensor.Zeros(Device, [6000], DType.Float64);
        Assert.That(
            () => GradCheck.Run(x => x * 2, x),
            Throws.TypeOf<GradCheckException>().With.Message.Contains("36000000 entries").And.Message.Contains("Projected"));
        Assert.That(GradCheck.Run(x => x * 2, x, new GradCheckOptions { Mode = GradCheckMode.Projected }).Passed, Is.True);
    }

    [Test]
    public void An_input_may_have_a_name_a_step_and_tolerances_of_its_own()
    {
        using Tensor x = Tensor.From(Device, [1], [1.0]), y = Tensor.From(Device, [1], [1.0]);
        Variable Cubes(Variable x, Variable y) => x * x * x + y * y * y;
        // With a step of 0.1 the difference of a cube is off by 0.01.
        GradCheckReport wide = GradCheck.Run(
            Cubes, x, new GradCheckInput(y) { Name = "height", Epsilon = 0.1 }, new GradCheckOptions { LargestKinkShare = 0 });
        Assert.That(wide.Passed, Is.False);
        Assert.That(wide.Worst[0].Input, Is.EqualTo("height"));
        Assert.That(wide.Failed, Is.EqualTo(1));
        Assert.That(
            GradCheck.Run(Cubes, x, new GradCheckInput(y) { Epsilon = 0.1, RelativeTolerance = 0.01, AbsoluteTolerance = 0.01 }).Passed,
            Is.True);
    }

    [Test]
    public void Several_outputs_are_all_checked()
    {
        using Tensor x = Tensor.From(Device, [2], [0.5, -1.5]);
        GradCheckReport report = GradCheck.Run(
            v => new[] { v[0] * 2.0, PlantedFunction.Square(v[0], (x, dy) => dy * x) }, [x]);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Worst[0].Output, Is.EqualTo("output 1"));
        Assert.That(report.Compared, Is.EqualTo(2 * 4));
        Assert.That(GradCheck.Run(v => new[] { v[0] * 2.0, v[0] * v[0] }, [x], new GradCheckOptions { Order = 2 }).Passed, Is.True);
    }

    [Test]
    public void A_reference_that_does_not_suit_the_inputs_type_is_refused()
    {
        using Tensor single = Tensor.From(Device, [1], [1f]), wide = Tensor.From(Device, [1], [1.0]);
        var twin = new GradCheckOptions { Reference = GradCheckReference.Float64Twin };
        Assert.That(() => GradCheck.Run(x => x * x, single), Throws.TypeOf<DTypeException>().With.Message.Contains("Float64Twin"));
        Assert.That(() => GradCheck.Run(x => x * x, wide, twin), Throws.TypeOf<DTypeException>().With.Message.Contains("Differences"));
        Assert.That(
            () => GradCheck.Run(x => x * x.Tape.Constant(single), single, twin),
            Throws.TypeOf<GradCheckException>().With.Message.Contains("Pass every tensor that it uses as an input"));
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        using Tensor x = Tensor.From(Device, [1], [1.0]);
        foreach ((GradCheckOptions options, string said) in new (GradCheckOptions, string)[]
        {
            (new() { Order = 4 }, "order 4"), (new() { Order = 3, Reference = GradCheckReference.Float64Twin }, "order 3"),
            (new() { Repeats = 1 }, "repeats"), (new() { Epsilon = 0 }, "epsilon"), (new() { Epsilon = double.NaN }, "epsilon"),
            (new() { AbsoluteTolerance = -1 }, "tolerance"), (new() { RelativeTolerance = double.NaN }, "tolerance"),
            (new() { Directions = 2 }, "directions"), (new() { Samples = 0 }, "samples"), (new() { LargestKinkShare = 2 }, "kink share"),
            (new() { Mode = (GradCheckMode)9 }, "mode"), (new() { Reference = (GradCheckReference)9 }, "reference"),
        })
        {
            Assert.That(() => GradCheck.Run(x => x, x, options), Throws.TypeOf<GradCheckException>().With.Message.Contains(said));
        }

        Assert.That(
            () => GradCheck.Run(x => x, new GradCheckInput(x) { NeedsGradient = false }),
            Throws.TypeOf<GradCheckException>().With.Message.Contains("no input needs a gradient"));
    }

    [Test]
    public void A_report_as_JSON_has_the_same()
    {
        using Tensor x = Tensor.From(Device, [3], [0.5, -1.5, 2.5]);
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(x, (x, dy) => PlantedFunction.Mangle(dy * x * 2, g => [g[0], g[1], double.NaN])), x);
        JsonElement json = JsonDocument.Parse(report.ToJson("square")).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("name").GetString(), Is.EqualTo("square"));
            Assert.That(json.GetProperty("passed").GetBoolean(), Is.False);
            Assert.That(json.GetProperty("failed").GetInt32(), Is.EqualTo(report.Failed));
            Assert.That(json.GetProperty("worst")[0].GetProperty("error").GetString(), Is.EqualTo("Infinity"));
            Assert.That(json.GetProperty("worst").GetArrayLength(), Is.EqualTo(9));
            Assert.That(json.GetProperty("histogram").EnumerateArray().Sum(bin => bin.GetProperty("count").GetInt32()), Is.EqualTo(9));
        });
    }

    [Test]
    public void Failures_within_the_rounding_of_the_differences_are_called_so()
    {
        using Tensor x = Tensor.From(Device, [50], [.. Enumerable.Range(0, 50).Select(i => i * 0.37)]);
        GradCheckReport report = GradCheck.Run(
            x => x + 1e7, x, new GradCheckOptions { AbsoluteTolerance = 1e-7, RelativeTolerance = 0 });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("smaller than the rounding errors"));
    }
}
