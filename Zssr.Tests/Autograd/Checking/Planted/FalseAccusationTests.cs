using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>What a report says of the cause is so, or it says nothing.</summary>
[TestFixture]
public sealed class FalseAccusationTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(GradCheckMode.Full)]
    [TestCase(GradCheckMode.Projected)]
    [TestCase(GradCheckMode.Sampled)]
    public void Where_a_value_overflows_the_function_that_makes_it_is_named_and_no_other(GradCheckMode mode)
    {
        using Tensor x = Tensor.From(Device, [3], [-2, 1, 800.0]);
        GradCheckReport report = GradCheck.Run(x => ExpFunction.Apply(x) + 1, x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("output[2] is Infinity"));
        Assert.That(report.Causes, Has.None.Contains("AddScalar"), report.ToString());
        Assert.That(report.Causes, Has.None.Contains("missing").And.None.Contains("wrong"), report.ToString());
    }

    [Test]
    public void Softplus_without_its_guard_is_explained()
    {
        using Tensor x = Tensor.From(Device, [3], [-2, 1, 800.0]);
        GradCheckReport report = GradCheck.Run(x => LogFunction.Apply(ExpFunction.Apply(x) + 1), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.ToString(), Does.Not.Contain("own derivative").And.Not.Contain("wrong in"), report.ToString());
    }

    [Test]
    public void NaN_that_the_function_passes_on_accuses_nobody()
    {
        using Tensor x = Tensor.From(Device, [3], [0.5, double.NaN, 2]);
        GradCheckReport report = GradCheck.Run(x => x * 3, x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("output[1] is NaN"));
        Assert.That(report.Causes, Is.Empty, report.ToString());
    }

    [TestCase(GradCheckMode.Full)]
    [TestCase(GradCheckMode.Projected)]
    [TestCase(GradCheckMode.Sampled)]
    public void NaN_that_the_function_ignores_does_no_harm(GradCheckMode mode)
    {
        using Tensor x = Tensor.From(Device, [4], [0.3, double.NaN, -0.2, 1]);
        GradCheckReport report = GradCheck.Run(x => SumOfNumbers(x, 2), x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(GradCheck.Run(x => SumOfNumbers(x, 2.1), x, new GradCheckOptions { Mode = mode }).Passed, Is.False);

        static Variable SumOfNumbers(Variable x, double factor) => PlantedFunction.Apply(
            t => Tensor.From(Device, [1], [t[0].ToDoubles().Where(v => !double.IsNaN(v)).Sum(v => v * v)]),
            (v, dy) => [PlantedFunction.Mangle(
                x.Tape.Constant(x.Value), g => [.. g.Select(v => double.IsNaN(v) ? 0 : factor * v * dy.Value.ToDoubles()[0])])], x);
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void An_output_that_is_masked_with_minus_infinity_has_no_gradient(double slope, bool passes)
    {
        using Tensor x = Tensor.From(Device, [3], [0.5, -1.5, 2]);
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t => Tensor.From(Device, [3], [.. t[0].ToDoubles().Select((v, i) => i == 1 ? double.NegativeInfinity : v)]),
                (_, dy) => [PlantedFunction.Mangle(dy, g => [g[0], slope * g[1], g[2]])], x),
            x);
        Assert.That(report.Passed, Is.EqualTo(passes), report.ToString());
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_forward_pass_in_float32_is_called_that_and_its_function_named(bool convertsTheResult)
    {
        using Tensor x = Tensor.From(Device, [6], [0.53, -1.51, 2.07, 0.251, 0.75, -0.41]);
        // Of the result, or of a value inside of the function.
        GradCheckReport report = GradCheck.Run(
            x => SigmoidFunction.Apply(PlantedFunction.Apply(
                t => Tensor.From(Device, [6], [.. t[0].ToDoubles().Select(v => convertsTheResult ? (float)(v * v) : (float)v * v * 1.1 / 1.1)]),
                (v, dy) => [dy * v[0] * 2], x)),
            x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("as those of float32 do"), report.ToString());
        Assert.That(report.Problems, Has.None.Contains("kinks"));
        Assert.That(report.Causes, Has.Exactly(1).StartsWith("Planted ([6] → [6]): the values of the function carry rounding errors"));
    }

    [Test]
    public void A_steep_curve_is_not_called_float32()
    {
        using Tensor x = Tensor.From(Device, [6], [0.53, -1.51, 2.07, 0.251, 0.75, -0.41]);
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t => Tensor.From(Device, [6], [.. t[0].ToDoubles().Select(v => Math.Sin(1e4 * v))]),
                (v, dy) => [PlantedFunction.Mangle(dy, g => [.. g.Zip(v[0].Value.ToDoubles(), (u, x) => -1e4 * u * Math.Cos(1e4 * x))])], x),
            x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.ToString(), Does.Not.Contain("float32"));
        Assert.That(report.Causes, Has.Some.Contains("wrong sign"));
    }

    [Test]
    public void One_use_of_a_shared_input_is_named_first()
    {
        using Tensor x = Tensor.From(Device, [4], [0.5, -1.5, 2, 0.25]);
        // Right for two variables; of a single one it forgets a use.
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t => Elementwise.Multiply(t[0], t[1]),
                (v, dy) => ReferenceEquals(v[0], v[1]) ? [dy * v[1], dy * 0] : [dy * v[1], dy * v[0]], x, x),
            x);
        Assert.That(
            report.Causes[0],
            Does.StartWith("Planted ([4], [4] → [4]): the gradient of the variable that is its inputs 0 and 1 [4] is half of what it should be"));
        Assert.That(report.Causes, Has.None.Contains("right by itself"));
    }

    [Test]
    public void A_gradient_of_a_wrong_shape_or_type_deep_inside_names_its_function_and_input()
    {
        using Tensor x = Tensor.Full(Device, [4, 2], 0.5, DType.Float64), b = Tensor.Full(Device, [2], 0.25, DType.Float64);
        GradCheckReport shape = GradCheck.Run((x, b) => TanhFunction.Apply(BiasFunction.Apply(x * 2, b, (_, dy) => dy)), x, b);
        Assert.That(
            shape.Problems,
            Is.EqualTo(new[]
            {
                "the backward pass failed: Bias ([4, 2], [2] → [4, 2]): backward gives its input 1, bias, a gradient of shape [4, 2]; "
                + "it must be [2], as the input is. Where the function repeats the input along axes, the gradient is the sum over them",
            }));
        GradCheckReport type = GradCheck.Run(
            (x, b) => TanhFunction.Apply(BiasFunction.Apply(x * 2, b, (bias, _) => Float32(bias))), x, b);
        Assert.That(
            type.Problems, Has.Some.Contains("Bias ([4, 2], [2] → [4, 2]): backward gives its input 1, bias, a gradient of type float32"));

        static Variable Float32(Variable bias)
        {
            using Tensor zeros = Tensor.Zeros(Device, bias.Shape);
            return bias.Tape.Constant(zeros);
        }
    }

    [Test]
    public void Null_in_place_of_anything_is_named()
    {
        using Tensor x = Tensor.From(Device, [2], [0.5, -1.5]);
        GradCheckReport noList = GradCheck.Run(x => PlantedFunction.Apply(t => Elementwise.Square(t[0]), (_, _) => null!, x), x);
        Assert.That(noList.Problems, Has.Some.Contains("Planted: backward gave null"));
        Assert.That(
            () => GradCheck.Run(x => PlantedFunction.Apply(_ => null!, (_, dy) => [dy], x), x),
            Throws.TypeOf<GraphException>().With.Message.Contains("Planted: forward gave null"));
        Assert.That(
            () => GradCheck.Run((Variable _) => null!, x), Throws.TypeOf<GradCheckException>().With.Message.Contains("the function gave null"));
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> nothing = _ => null!;
        Assert.That(() => GradCheck.Run(nothing, [x]), Throws.TypeOf<GradCheckException>().With.Message.Contains("the function gave null"));
    }

    [Test]
    public void An_error_of_zero_reads_as_zero()
    {
        var entry = new GradCheckEntry("x", [0], 1, "y", [0], Numeric: 0, Analytic: 0, Tolerance: 1);
        Assert.That(entry.ToString(), Does.Contain("error 0 (0 of numeric)"));
    }

    /// <summary>y = x + bias, row by row, with a gradient of the bias that is given.</summary>
    private sealed class BiasFunction(Func<Variable, Variable, Variable> ofBias) : Function
    {
        public static Variable Apply(Variable x, Variable bias, Func<Variable, Variable, Variable> ofBias) =>
            Run(new BiasFunction(ofBias), x, bias);

        protected override Tensor Forward() => Elementwise.Add(Inputs[0].Value, Inputs[1].Value);

        protected override IReadOnlyList<Variable?> Backward(Variable dy) => [dy, ofBias(Inputs[1], dy)];
    }
}
