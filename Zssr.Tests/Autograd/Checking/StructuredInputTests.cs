using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking;

/// <summary>Records, lists and modules of tensors as inputs.</summary>
[TestFixture]
public sealed class StructuredInputTests
{
    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [TestCase(2, true)]
    [TestCase(2.1, false)]
    public void A_record_with_a_list_is_checked_and_its_tensors_named(double factor, bool passes)
    {
        using Tensor a = Tensor.From(Device, [2], [0.5, -1.5]), b = Tensor.From(Device, [2], [2, 0.25]), c = Tensor.From(Device, [2], [1.0, 3]);
        var model = new Model([new Layer(a, b)], c);
        GradCheckReport report = GradCheck.Run((tape, m) => Of(tape, m, factor), model);
        Assert.That(report.Passed, Is.EqualTo(passes), report.ToString());
        Assert.That(report.Worst.Select(entry => entry.Input).Distinct(), Is.SubsetOf(new[] { "Layers[0].Weight", "Layers[0].Bias", "Scale" }));
        if (!passes)
            Assert.That(report.Worst[0].Input, Is.EqualTo("Layers[0].Weight"));
    }

    [Test]
    public void A_network_in_float64_has_its_parameters_checked()
    {
        using Tensor x = RandomTensors.Uniform(Device, [1, 5, 6, 2], seed: 3, dtype: DType.Float64);
        using Module network = new Sequential(
            new Conv2dLayer(Device, 2, 3, 3, new FanInUniform(), seed: 1, stream: 0), new ReluLayer(),
            new Conv2dLayer(Device, 3, 1, 3, new FanInUniform(), seed: 1, stream: 2)).To(DType.Float64);
        GradCheckReport report = GradCheck.Run(
            (tape, _) => network.Forward(tape.Constant(x)), network.Parameters, new GradCheckOptions { Mode = GradCheckMode.Projected, Order = 2 });
        Assert.That(report.Passed, Is.True, report.ToString());
        GradCheckReport worst = GradCheck.Run((tape, _) => network.Forward(tape.Constant(x)), network.Parameters);
        Assert.That(worst.Passed, Is.True, worst.ToString());
        Assert.That(worst.Worst.Select(entry => entry.Input).Distinct(), Is.SubsetOf(network.Parameters.Select(parameter => parameter.Name)));
        Assert.That(worst.Compared, Is.GreaterThan(5 * 6 * (network.ParameterCount - 1)));
    }

    [Test]
    public void What_holds_no_tensor_is_refused() => Assert.That(
        () => GradCheck.Run((tape, _) => null!, new object()), Throws.TypeOf<GradCheckException>().With.Message.Contains("no tensor"));

    private static Variable Of(Tape tape, Model model, double factor)
    {
        Variable y = tape.Watch(model.Scale);
        foreach (Layer layer in model.Layers)
            y = y * PlantedFunction.Square(tape.Watch(layer.Weight), (x, dy) => dy * x * factor) + tape.Watch(layer.Bias);
        return y;
    }

    private sealed record Layer(Tensor Weight, Tensor Bias);

    private sealed record Model(IReadOnlyList<Layer> Layers, Tensor Scale);
}
