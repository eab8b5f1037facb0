using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking;

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
            Has.Some.Contains("the backward pass failed").And.Some.Contains("shape [] came for a variable of shape [3]"));
    }

    [Test]
    public void A_gradient_of_another_type_is_found()
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Square(x, (x, dy) => dy.Tape.Adopt(Tensor.Zeros(Device, x.Shape, DType.Float32))), x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.Contains("float32"));
    }

    [Test]
    public void An_input_without_a_gradient_is_found_unless_it_needs_none()
    {
        using Tensor x = Numbers(), unused = Numbers();
        GradCheckReport report = GradCheck.Run((x, unused) => x * x, x, unused);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.StartsWith("unused gets no gradient"));
        Assert.That(GradCheck.Run((x, unused) => x * x, x, new GradCheckInput(unused) { NeedsGradient = false }).Passed, Is.True);
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
