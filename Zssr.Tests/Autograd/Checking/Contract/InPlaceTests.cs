using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking.Contract;

/// <summary>A function must leave alone what it is given, and give numbers.</summary>
[TestFixture]
public sealed class InPlaceTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(GradCheckMode.Full)]
    [TestCase(GradCheckMode.Projected)]
    public void A_backward_pass_that_changes_its_output_gradient_is_found(GradCheckMode mode)
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(Doubled, x, new GradCheckOptions { Mode = mode });
        Assert.That(report.Failed, Is.Zero, "its numbers are right");
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Is.EqualTo(new[] { "the backward pass changes the output gradient in place" }));
    }

    [Test]
    public void It_is_named_where_it_spoils_a_computation()
    {
        using Tensor x = Numbers();
        // Both terms of the sum get the same gradient, and the second, which is the first to go backward, changes it.
        GradCheckReport report = GradCheck.Run(x => x * x + Doubled(x * 3), x);
        Assert.That(report.Failed, Is.Positive);
        Assert.That(report.Causes, Has.Some.EqualTo("Planted ([3] → [3]): the backward pass changes the output gradient in place"));
    }

    [Test]
    public void A_forward_pass_that_changes_its_input_is_found()
    {
        using Tensor x = Numbers();
        // Doing it twice is the same as once, so nothing else shows it.
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t =>
                {
                    using Tensor positive = Elementwise.Relu(t[0]);
                    t[0].Assign(positive);
                    return Elementwise.Multiply(t[0], 2);
                },
                (_, dy) => [dy * 2], x),
            x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.EqualTo("the forward pass changes x in place"));
    }

    [Test]
    public void A_backward_pass_that_changes_its_input_is_found()
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t => Elementwise.Multiply(t[0], 2),
                (v, dy) =>
                {
                    using Tensor zeros = Tensor.Zeros(Device, v[0].Shape, DType.Float64);
                    v[0].Value.Assign(zeros);
                    return [dy * 2];
                },
                x),
            x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.EqualTo("the backward pass changes x in place"));
    }

    [Test]
    public void A_backward_pass_that_changes_the_output_is_found()
    {
        using Tensor x = Numbers();
        Variable? output = null;
        GradCheckReport report = GradCheck.Run(
            x => output = PlantedFunction.Apply(
                t => Elementwise.Multiply(t[0], 2),
                (_, dy) =>
                {
                    Elementwise.Accumulate(output!.Value, output.Value);
                    return [dy * 2];
                },
                x),
            x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Has.Some.EqualTo("the backward pass changes the output in place"));
    }

    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "Infinity")]
    public void An_output_that_is_not_finite_at_the_point_itself_is_found(double value, string said)
    {
        using Tensor x = Numbers();
        GradCheckReport report = GradCheck.Run(
            x => PlantedFunction.Apply(
                t => Tensor.From(Device, [3], [.. t[0].ToDoubles().Select(v => v == -1.5 ? value : 2 * v)]), (_, dy) => [dy * 2], x),
            x);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Problems, Is.EqualTo(new[] { $"output[1] is {said}: choose inputs at which the function is finite" }));
    }

    private static Variable Doubled(Variable x) => PlantedFunction.Apply(
        t => Elementwise.Multiply(t[0], 2),
        (_, dy) =>
        {
            Elementwise.Accumulate(dy.Value, dy.Value);
            return [dy];
        },
        x);

    private static Tensor Numbers() => Tensor.From(Device, [3], [0.5, -1.5, 2.0]);
}
