using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking;

/// <summary>The gradient checker finds planted errors, and only those.</summary>
[TestFixture]
public sealed class GradCheckTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(Mistake.None, true)]
    [TestCase(Mistake.WrongSign, false)]
    [TestCase(Mistake.MissingFactor, false)]
    [TestCase(Mistake.ForgetsOutputGradient, false)]
    public void A_planted_mistake_is_caught(Mistake mistake, bool passes)
    {
        using Tensor x = Tensor.From(Device, [2, 2], [0.5, -1.5, 2, 0.25]);
        GradCheckReport report = GradCheck.Run(x => SquareWithMistake.Apply(x, mistake) * 3, x);
        Assert.That(report.Passed, Is.EqualTo(passes), report.ToString());
    }

    [TestCase(true, true)]
    [TestCase(false, false)]
    public void A_use_of_a_shared_input_that_is_not_accumulated_is_caught(bool accumulates, bool passes)
    {
        using Tensor x = Tensor.From(Device, [2], [0.5, -1.5]);
        GradCheckReport report = GradCheck.Run(x => ProductOfTwoUses.Apply(x, x, accumulates), x);
        Assert.That(report.Passed, Is.EqualTo(passes), report.ToString());
    }

    [TestCase(Mistake.None, true)]
    [TestCase(Mistake.SecondOrderOnly, false)]
    public void A_mistake_in_the_second_derivative_alone_is_caught_in_the_second_order(Mistake mistake, bool passes)
    {
        using Tensor x = Tensor.From(Device, [3], [0.5, -1.5, 2]);
        Assert.That(GradCheck.Run(x => SquareWithMistake.Apply(x, mistake), x).Passed, Is.True);
        GradCheckReport second = GradCheck.Run(x => SquareWithMistake.Apply(x, mistake), x, new GradCheckOptions { Order = 2 });
        Assert.That(second.Passed, Is.EqualTo(passes), second.ToString());
    }

    [Test]
    public void The_report_names_the_worst_element()
    {
        using Tensor x = Tensor.From(Device, [2, 3], [0, 0, 0, 0, 0, 0.0]), w = Tensor.From(Device, [2, 3], [1, 1, 1, 1, 1, 7.0]);
        // The gradient of the second input is cut off. It should be 2 w, so the error is largest where w is.
        GradCheckReport report = GradCheck.Run(v => SumFunction.Apply(v[0] * 2 + v[1].Detach() * v[1].Detach()), [x, w]);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Worst[0].Input, Is.EqualTo("input 1"));
        Assert.That(report.Worst[0].InputIndex, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(report.Worst[0].Analytic, Is.Zero);
        Assert.That(report.Worst[0].Numeric, Is.EqualTo(14).Within(1e-6));
        Assert.That(report.ToString(), Does.Contain("input 1[1, 2]").And.Contain("WRONG"));
    }

    [Test]
    public void Every_entry_is_compared()
    {
        using Tensor x = Tensor.From(Device, [5], [1, 2, 3, 4, 5.0]);
        Assert.That(GradCheck.Run(v => v[0] * v[0], [x]).Compared, Is.EqualTo(25));
    }

    [Test]
    public void Float32_inputs_are_refused()
    {
        using Tensor x = Tensor.From(Device, [1], [1f]);
        Assert.That(() => GradCheck.Run(v => v[0], [x]), Throws.TypeOf<DTypeException>().With.Message.Contains("float64"));
    }

    [Test]
    public void A_NaN_gradient_fails()
    {
        using Tensor x = Tensor.From(Device, [1], [-1.0]);
        Assert.That(GradCheck.Run(v => SqrtFunction.Apply(v[0]), [x]).Passed, Is.False);
    }

    [Test]
    public void An_infinite_difference_fails_whatever_the_gradient()
    {
        using Tensor x = Tensor.From(Device, [1], [709.7827128]);
        GradCheckReport report = GradCheck.Run(v => ExpFunction.Apply(v[0]), [x], new GradCheckOptions { Epsilon = 1 });
        Assert.That(report.Passed, Is.False, report.ToString());
    }

    [Test]
    public void Nothing_to_compare_is_not_a_success()
    {
        using Tensor x = Tensor.Zeros(Device, [0], DType.Float64);
        GradCheckReport report = GradCheck.Run(v => v[0] * 2, [x]);
        Assert.That(report.Passed, Is.False);
        Assert.That(string.Join("; ", report.Problems), Does.Contain("nothing"));
        Assert.That(() => GradCheck.Run(v => v[0], []), Throws.TypeOf<GradCheckException>());
    }

    [Test]
    public void An_output_that_depends_on_nothing_is_reported()
    {
        using Tensor x = Tensor.From(Device, [1], [1.0]);
        GradCheckReport report = GradCheck.Run(v => v[0].Detach(), [x]);
        Assert.That(report.Passed, Is.False);
        Assert.That(string.Join("; ", report.Problems), Does.Contain("depend"));
    }

    /// <summary>What can be wrong with a backward pass.</summary>
    public enum Mistake
    {
        None,
        WrongSign,
        MissingFactor,
        ForgetsOutputGradient,
        SecondOrderOnly,
    }

    /// <summary>y = x · x, with a mistake in its backward pass.</summary>
    private sealed class SquareWithMistake(Mistake mistake) : UnaryFunction
    {
        public static Variable Apply(Variable x, Mistake mistake) => Run(new SquareWithMistake(mistake), x);

        protected override Tensor Forward(Tensor x) => Elementwise.Square(x);

        protected override Variable Backward(Variable x, Variable y, Variable dy) => mistake switch
        {
            Mistake.WrongSign => dy * x * -2,
            Mistake.MissingFactor => dy * x,
            Mistake.ForgetsOutputGradient => x * 2,
            Mistake.SecondOrderOnly => dy * x.Detach() * 2,
            _ => dy * x * 2,
        };
    }

    /// <summary>z = x · y, which can forget the gradient of its second use of an input.</summary>
    private sealed class ProductOfTwoUses(bool accumulates) : Function
    {
        public static Variable Apply(Variable x, Variable y, bool accumulates) => Run(new ProductOfTwoUses(accumulates), x, y);

        protected override Tensor Forward() => Elementwise.Multiply(Inputs[0].Value, Inputs[1].Value);

        protected override IReadOnlyList<Variable?> Backward(Variable dy) => [dy * Inputs[1], accumulates ? dy * Inputs[0] : null];
    }
}
