using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking;

/// <summary>Gradient checks in NUnit's words.</summary>
[TestFixture]
public sealed class GradientConstraintTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void A_function_with_right_gradients_meets_it()
    {
        using Tensor x = Tensor.From(Device, [2], [0.5, -1.5]), y = Tensor.From(Device, [2], [2, 0.25]);
        Func<Variable, Variable, Variable> product = MultiplyFunction.Apply;
        Assert.That(product, Gradients.AreCorrectAt(x, y).ToOrder(2));
        Assert.That(product, Gradients.AreCorrectAt(x, y).In(GradCheckMode.Projected));
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> both = v => [v[0] + v[1], v[0] * v[1]];
        Assert.That(both, Gradients.AreCorrectAt(x, y));
    }

    [Test]
    public void A_failure_shows_the_report()
    {
        using Tensor x = Tensor.From(Device, [2], [0.5, -1.5]);
        Func<Variable, Variable> wrong = x => PlantedFunction.Square(x, (x, dy) => dy * x * -2);
        AssertionException? failure = Assert.Throws<AssertionException>(() =>
        {
            using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
                Assert.That(wrong, Gradients.AreCorrectAt(x));
        });
        Assert.That(failure!.Message, Does.Contain("gradients are WRONG").And.Contain("wrong sign"));
    }

    [Test]
    public void Float32_functions_are_compared_with_their_twin()
    {
        using Tensor x = Tensor.From(Device, [2], [0.5f, -1.5f]);
        Func<Variable, Variable> square = SquareFunction.Apply;
        Assert.That(square, Gradients.AreCorrectAt(x).AsInFloat64());
    }

    [Test]
    public void What_is_not_a_function_of_as_many_variables_is_refused()
    {
        using Tensor x = Tensor.From(Device, [2], [0.5, -1.5]);
        Func<Variable, Variable, Variable> product = MultiplyFunction.Apply;
        Assert.That(() => Gradients.AreCorrectAt(x).ApplyTo(product), Throws.ArgumentException.With.Message.Contains("1 inputs"));
    }
}
