using System.Text.Json;
using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Twins;

/// <summary>Functions of float32 numbers against themselves in float64.</summary>
[TestFixture]
public sealed class TwinCheckTests
{
    private static readonly GradCheckOptions AsTwins = new() { Reference = GradCheckReference.Float64Twin };

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(1)]
    [TestCase(2)]
    public void A_float32_function_is_compared_with_its_float64_twin(int order)
    {
        using Tensor x = Tensor.From(Device, [4], [0.5f, -1.5f, 2f, 0.1f]);
        var options = new GradCheckOptions { Reference = GradCheckReference.Float64Twin, Order = order };
        GradCheckReport right = GradCheck.Run(x => SigmoidFunction.Apply(x * x), x, options);
        Assert.That(right.Passed, Is.True, right.ToString());
        Assert.That(right.Compared, Is.EqualTo(order == 1 ? 3 * 4 : 3 * 8));

        // Wrong in float32 alone, as a fast kernel may be.
        GradCheckReport wrong = GradCheck.Run(
            x => PlantedFunction.Square(x, (x, dy) => dy * x * (x.DType == DType.Float32 ? 2.01 : 2)), x, options);
        Assert.That(wrong.Passed, Is.False);
        Assert.That(wrong.ToString(), Does.Contain("with the float64 twin"));
        Assert.That(wrong.Worst[0].Analytic / wrong.Worst[0].Numeric, Is.EqualTo(1.005).Within(1e-5));
    }

    [Test]
    [Needs(Need.Rusticl)]
    public void The_twin_of_a_device_without_float64_runs_on_another()
    {
        using Tensor x = Tensor.From(OpenDevices.Get(TestDevice.Rusticl), [4], [0.5f, -1.5f, 2f, 0.1f]);
        var options = new GradCheckOptions { Reference = GradCheckReference.Float64Twin, TwinDevice = Device };
        GradCheckReport report = GradCheck.Run(x => SigmoidFunction.Apply(x * x), x, options);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Compared, Is.EqualTo(3 * 4));
        Assert.That(
            () => GradCheck.Run(x => x * x, x, options with { TwinDevice = null }),
            Throws.TypeOf<DTypeException>().With.Message.Contains("no float64"));
    }

    [Test]
    public void Values_that_are_wrong_in_float32_are_found()
    {
        using Tensor x = Tensor.From(Device, [4], [0.5f, -1.5f, 2f, 0.1f]);
        // The third value is off by 1 % of the largest one, 6; the gradient is right.
        GradCheckReport report = GradCheck.Run(x => OffInFloat32(x, 0.06), x, AsTwins);
        Assert.That(report.Failed, Is.Zero);
        Assert.That(report.Passed, Is.False);
        Assert.That(
            report.Problems,
            Has.Some.StartsWith("output[2] is 6.05999994 in float32 and 6 in float64").And.Some.Contains("0.00601 is allowed"));
        Assert.That(GradCheck.Run(x => OffInFloat32(x, 0.003), x, AsTwins).Passed, Is.True);
        Assert.That(GradCheck.Run(x => OffInFloat32(x, 0.003), x, AsTwins with { RelativeTolerance = 1e-4 }).Passed, Is.False);
        Assert.That(GradCheck.Run(x => OffInFloat32(x, double.NaN), x, AsTwins).Problems, Has.Some.Contains("output[2] is NaN"));

        static Variable OffInFloat32(Variable x, double by) => PlantedFunction.Apply(
            t => Tensor.From(
                Device, [4], [.. t[0].ToDoubles().Select((v, i) => 3 * v + (i == 2 && t[0].DType == DType.Float32 ? by : 0))], t[0].DType),
            (_, dy) => [dy * 3], x);
    }

    [Test]
    public void A_twin_of_another_shape_is_found()
    {
        using Tensor x = Tensor.From(Device, [4], [0.5f, -1.5f, 2f, 0.1f]);
        GradCheckReport report = GradCheck.Run(x => SliceFunction.Apply(x, 0, 0, x.DType == DType.Float32 ? 3 : 4), x, AsTwins);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Compared, Is.Zero);
        Assert.That(report.Problems, Is.EqualTo(new[] { "the outputs have other shapes in float64: [3], and [4]" }));
    }

    [Test]
    public void An_element_at_a_kink_is_left_out_and_named()
    {
        // 0.3 − 0.3 is 0 in float32. In float64 it is 4e-9: the number that is nearest to 0.1 in float32 is larger.
        using Tensor x = Elements(0.1f);
        GradCheckReport report = GradCheck.Run(x => ReluFunction.Apply(x * 3 - 0.3), x, AsTwins);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Kinks, Has.Count.EqualTo(1));
        Assert.That(report.Kinks[0].Index, Is.EqualTo(new[] { 7 }));
        Assert.That(report.Compared, Is.EqualTo(3 * 19));
        Assert.That(GradCheck.Run(x => ReluFunction.Apply(x * 3 - 0.3), x, AsTwins with { LargestKinkShare = 0.01 }).Problems,
            Has.Some.Contains("lie at kinks"));
    }

    // A small mistake is lost in the jump of the one element at a kink; a large one is not.
    [TestCase(1.5, 19)]
    [TestCase(1000, 20)]
    public void A_wrong_gradient_is_not_excused_by_a_kink(double factor, int wrong)
    {
        using Tensor x = Elements(0.1f);
        GradCheckReport report = GradCheck.Run(
            x => ReluFunction.Apply(x * 3 - 0.3)
                + PlantedFunction.Square(x, (x, dy) => dy * x * (x.DType == DType.Float32 ? 2 * factor : 2)), x, AsTwins);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Failed, Is.EqualTo(3 * wrong), report.ToString());
    }

    [Test]
    public void A_report_names_no_mode_as_none_is_used()
    {
        using Tensor x = Elements(0.5f);
        GradCheckReport report = GradCheck.Run(x => x * x, x, AsTwins with { Mode = GradCheckMode.Sampled });
        JsonElement json = JsonDocument.Parse(report.ToJson()).RootElement;
        Assert.That(json.TryGetProperty("mode", out _), Is.False);
        Assert.That(json.GetProperty("reference").GetString(), Is.EqualTo("float64Twin"));
    }

    /// <summary>Twenty numbers, the eighth of which is given.</summary>
    private static Tensor Elements(float eighth) =>
        Tensor.From(Device, [20], [.. Enumerable.Range(0, 20).Select(i => i == 7 ? eighth : i < 7 ? -1f - i : 1f + i)]);
}
