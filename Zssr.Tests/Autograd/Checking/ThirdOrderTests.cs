using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking;

/// <summary>Derivatives of the third order.</summary>
[TestFixture]
public sealed class ThirdOrderTests
{
    private static readonly GradCheckOptions Third = new() { Order = 3 };

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void Third_derivatives_that_are_right_pass()
    {
        using Tensor x = Tensor.From(Device, [3], [0.5, -1.5, 0.8]), y = Tensor.From(Device, [3], [1.5, 0.5, 2]);
        GradCheckReport report = GradCheck.Run((x, y) => SigmoidFunction.Apply(x * x * x / y), x, y, Third);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Order, Is.EqualTo(3));
        Assert.That(report.ToString(), Does.StartWith("third derivatives are right"));
    }

    [Test]
    public void A_mistake_that_shows_only_in_the_third_derivative_is_found()
    {
        using Tensor x = Tensor.From(Device, [3], [0.5, -1.5, 0.8]);
        // The backward pass of the cube is right, and so is its own; what that is made of is not.
        GradCheckReport second = GradCheck.Run(Cube, x, new GradCheckOptions { Order = 2 });
        Assert.That(second.Passed, Is.True, second.ToString());
        GradCheckReport third = GradCheck.Run(Cube, x, Third);
        Assert.That(third.Passed, Is.False);
        Assert.That(third.Order, Is.EqualTo(3));

        static Variable Cube(Variable x) => PlantedFunction.Apply(
            t => Powers(t[0], 3), (v, dy) => [dy * 3 * Squared(v[0])], x);

        static Variable Squared(Variable x) => PlantedFunction.Apply(t => Powers(t[0], 2), (v, dy) => [dy * 2 * v[0].Detach()], x);
    }

    private static Tensor Powers(Tensor x, int power) =>
        Tensor.From(Device, x.Shape, [.. x.ToDoubles().Select(v => Math.Pow(v, power))]);
}
