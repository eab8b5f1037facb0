using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Contract;

/// <summary>What a backward pass must keep to, beside being right.</summary>
[TestFixture]
public sealed class BackwardContractTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void A_backward_pass_that_changes_from_run_to_run_is_found()
    {
        using Tensor x = Numbers();
        int runs = 0;
        GradCheckReport report = GradCheck.Run(x => PlantedFunction.Square(x, (x, dy) => dy * x * (2 + runs++ * 1e-9)), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("two backward passes give gradients of x"));
        GradCheckOptions tolerant = new() { NondeterminismTolerance = 1e-6 };
        Assert.That(GradCheck.Run(x => PlantedFunction.Square(x, (x, dy) => dy * x * (2 + runs++ * 1e-9)), x, tolerant).Passed, Is.True);
    }

    [Test]
    public void A_function_that_changes_from_run_to_run_is_found()
    {
        using Tensor x = Numbers();
        int runs = 0;
        GradCheckReport report = GradCheck.Run(x => x * (1 + runs++ * 1e-12), x);
        Assert.That(report.Problems, Has.Some.Contains("two runs of the function give outputs"));
    }

    [Test]
    public void A_function_whose_shape_changes_from_run_to_run_is_found()
    {
        using Tensor x = Numbers();
        int runs = 0;
        GradCheckReport report = GradCheck.Run(x => runs++ % 2 == 0 ? x : ReshapeFunction.Apply(x, [3, 1]), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("different shapes"));
    }

    [TestCase(3, 2)]
    [TestCase(2, 3)]
    public void A_function_whose_number_of_outputs_changes_from_run_to_run_is_found(int first, int second)
    {
        using Tensor x = Numbers();
        int runs = 0;
        GradCheckReport report = GradCheck.Run(x => SliceFunction.Apply(x, 0, 0, runs++ % 2 == 0 ? first : second), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Compared, Is.Zero);
        Assert.That(
            report.Problems,
            Is.EqualTo(new[] { $"two runs give outputs of different shapes or types: [{first}] float64, then [{second}] float64" }));
    }

    [TestCase(GradCheckMode.Full, 1)]
    [TestCase(GradCheckMode.Sampled, 1)]
    [TestCase(GradCheckMode.Projected, 1)]
    [TestCase(GradCheckMode.Full, 2)]
    public void A_function_whose_shape_depends_on_the_numbers_is_found(GradCheckMode mode, int order)
    {
        using Tensor x = Numbers();
        // It changes while an element is moved, not between equal runs.
        GradCheckReport report = GradCheck.Run(
            x => SliceFunction.Apply(x, 0, 0, x.Value.ToDoubles()[2] > 2 ? 2 : 3), x, new GradCheckOptions { Mode = mode, Order = order });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("outputs of different shapes"));
        Assert.That(report.Mode, Is.EqualTo(mode));
    }

    [Test]
    public void A_gradient_that_is_not_zero_for_zero_is_found()
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(x => PlantedFunction.Square(x, (x, dy) => dy * x * 2 + 1e-9), x);
        Assert.That(report.Failed, Is.Zero, "it is too small to be found otherwise");
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("an output gradient of zeros gives x a gradient that is not zero"));
    }

    [Test]
    public void A_gradient_of_another_shape_is_found()
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(x => PlantedFunction.Square(x, (x, dy) => SumFunction.Apply(dy * x * 2)), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(
            report.Problems,
            Is.EqualTo(new[]
            {
                "the backward pass failed: Planted ([3] → [3]): backward gives its input 0, x, a gradient of shape []; "
                + "it must be [3], as the input is",
            }));
    }

    [Test]
    public void A_gradient_of_another_type_is_found()
    {
        using Tensor x = Numbers(), zeros = Tensor.Zeros(Device, [3], DType.Float32);
        GradCheckReport report = GradCheck.Run(x => PlantedFunction.Square(x, (x, dy) => dy.Tape.Constant(zeros)), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("float32"));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void A_tensor_that_the_backward_pass_frees_too_early_is_found(int order)
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(x, (x, dy) =>
            {
                Variable dx = dy * x * 2;
                if (x.Tape.IsRecording == (order == 2))
                    x.Dispose();
                return dx;
            }),
            x, new GradCheckOptions { Order = order });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Order, Is.EqualTo(order));
        Assert.That(report.Problems, Has.Some.StartsWith("the backward pass failed: the value of a variable of shape [3] has been freed"));
    }

    [Test]
    public void A_device_that_fails_in_the_backward_pass_is_reported()
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(x, (_, _) => throw new DeviceException("the kernel was refused", "cpu", "square")), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Is.EqualTo(new[] { "the backward pass failed: the kernel was refused" }));
    }

    [TestCase(GradCheckMode.Full)]
    [TestCase(GradCheckMode.Projected)]
    [TestCase(GradCheckMode.Sampled)]
    public void No_gradient_counts_as_zero(GradCheckMode mode)
    {
        using Tensor x = Numbers(), unused = Numbers(), gate = Tensor.From(Device, [3], [1, -1, 2.0]);
        var options = new GradCheckOptions { Mode = mode, Order = 2 };
        Assert.That(GradCheck.Run((x, unused) => x * x, x, unused, options).Passed, Is.True);
        GradCheckReport report = GradCheck.Run((x, gate) => PassWherePositiveFunction.Apply(x, gate), x, gate, options);
        Assert.That(report.Passed, Is.True, report.ToString());
    }

    [TestCase(GradCheckMode.Full)]
    [TestCase(GradCheckMode.Projected)]
    [TestCase(GradCheckMode.Sampled)]
    public void An_input_without_a_gradient_that_is_not_zero_is_found_unless_it_needs_none(GradCheckMode mode)
    {
        using Tensor x = Numbers(), gate = Numbers();
        var options = new GradCheckOptions { Mode = mode };
        GradCheckReport report = GradCheck.Run(CutOff, x, gate, options);
        Assert.That(report.Failed, Is.Positive);
        Assert.That(report.Problems, Has.Exactly(1).StartsWith("gate gets no gradient at all, although the outputs change with it"));
        Assert.That(report.Problems, Has.None.StartsWith("x "));
        Assert.That(GradCheck.Run(CutOff, x, new GradCheckInput(gate) { NeedsGradient = false }, options).Passed, Is.True);

        static Variable CutOff(Variable x, Variable gate) => x * gate.Detach();
    }

    [Test]
    public void A_function_without_a_second_derivative_says_so()
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(x => new OnceOnly().Of(x), x, new GradCheckOptions { Order = 2 });
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Order, Is.EqualTo(2));
        Assert.That(report.Problems, Has.Some.Contains("OnceOnly has no second derivative"));
    }

    private static Tensor Numbers() => Tensor.From(Device, [3], [0.5, -1.5, 2.0]);

    private sealed class OnceOnly : UnaryFunction
    {
        public override bool IsTwiceDifferentiable => false;

        public Variable Of(Variable x) => Run(this, x);

        protected override Tensor Forward(Tensor x) => Elementwise.Square(x);

        protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * x * 2;
    }
}
