using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Functions;

/// <summary>Arithmetic of variables and numbers, with the number on either side.</summary>
[TestFixture]
public sealed class OperatorTests
{
    private static readonly (string Text, Func<Variable, Variable> Apply, Func<double, double> Plain)[] Formulas =
    [
        ("x + 3", x => x + 3, x => x + 3),
        ("3 + x", x => 3 + x, x => 3 + x),
        ("x - 3", x => x - 3, x => x - 3),
        ("3 - x", x => 3 - x, x => 3 - x),
        ("x * 3", x => x * 3, x => x * 3),
        ("3 * x", x => 3 * x, x => 3 * x),
        ("x / 4", x => x / 4, x => x / 4),
        ("3 / x", x => 3 / x, x => 3 / x),
        ("-x", x => -x, x => -x),
        ("x / (1 + |x|)", x => x / (1 + AbsFunction.Apply(x)), x => x / (1 + Math.Abs(x))),
    ];

    private static readonly double[] Numbers = [0.5, -2, 7, -0.25];

    private static IEnumerable<TestCaseData<Func<Variable, Variable>, Func<double, double>>> Cases =>
        Formulas.Select(formula => new TestCaseData<Func<Variable, Variable>, Func<double, double>>(formula.Apply, formula.Plain)
            .SetArgDisplayNames(formula.Text));

    [TestCaseSource(nameof(Cases))]
    public void Values_are_those_of_plain_arithmetic_and_gradients_those_of_differences(
        Func<Variable, Variable> formula, Func<double, double> plain)
    {
        using Tensor value = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [4], Numbers);
        using (var tape = new Tape())
            Assert.That(formula(tape.Constant(value)).Value.ToDoubles(), Is.EqualTo(Numbers.Select(plain)).Within(1e-15));

        GradCheckReport report = GradCheck.Run(formula, value, new GradCheckOptions { Order = 2 });
        Assert.That(report.Passed, Is.True, report.ToString());
    }
}
