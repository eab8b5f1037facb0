using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Nn.Network;

public sealed class ZssrNetworkTests(TestDevice kind) : DeviceTest(kind)
{
    private static NetworkSettings Small(NetworkForm form) => new() { Form = form, Width = 5, Depth = 3 };

    [Test]
    public void The_articles_layers_have_a_weight_and_a_bias_each_the_papers_a_weight()
    {
        using var article = new ZssrNetwork(Device, Small(NetworkForm.BlockResiduals), 3, seed: 1);
        using var paper = new ZssrNetwork(Device, Small(NetworkForm.GlobalResidual), 3, seed: 1);

        Assert.That(Described(article), Is.EqualTo(new[]
        {
            "layers.0.weight [3, 3, 3, 5]", "layers.0.bias [5]", "layers.1.weight [3, 3, 5, 5]", "layers.1.bias [5]",
            "layers.2.weight [3, 3, 5, 3]", "layers.2.bias [3]",
        }));
        Assert.That(Described(paper), Is.EqualTo(new[]
        {
            "layers.0.weight [3, 3, 3, 5]", "layers.1.weight [3, 3, 5, 5]", "layers.2.weight [3, 3, 5, 3]",
        }));
    }

    [Test]
    public void The_full_networks_have_as_many_parameters_as_the_recipes_say()
    {
        using var article = new ZssrNetwork(Device, ZssrPresets.Article.Network, 3, seed: 1);
        using var paper = new ZssrNetwork(Device, ZssrPresets.Paper.Network, 3, seed: 1);
        int weights = 9 * (3 * 64 + 6 * 64 * 64 + 64 * 3);

        Assert.That(article.ParameterCount, Is.EqualTo(weights + 7 * 64 + 3));
        Assert.That(paper.ParameterCount, Is.EqualTo(weights));
    }

    [Test]
    public void The_loss_has_a_gradient_for_every_parameter([Values] NetworkForm form, [Values(1, 3)] int channels)
    {
        using var network = new ZssrNetwork(Device, Small(form), channels, seed: 1);
        double[] pixels = RandomNumbers.Uniform(8 * 6 * channels, seed: 2, low: 0);
        using Tensor x = Tensor.From(Device, [1, 8, 6, channels], pixels, DType.Float32), zeros = Tensor.Zeros(Device, x.Shape);
        using var tape = new Tape();

        tape.Backward(MeanSquaredLossFunction.Apply(network.Forward(tape.Constant(x)), tape.Constant(zeros)));

        foreach ((string name, Tensor value) in network.Parameters)
            Assert.That(tape.Watch(value).Gradient?.Value.ToArray().Max(Math.Abs) ?? 0, Is.GreaterThan(0), name);
    }

    [Test]
    public void Without_weights_the_paper_network_passes_its_input_on_and_the_articles_gives_black()
    {
        using var paper = new ZssrNetwork(Device, Small(NetworkForm.GlobalResidual), 3, seed: 1);
        using var article = new ZssrNetwork(Device, Small(NetworkForm.BlockResiduals), 3, seed: 1);
        foreach ((_, Tensor value) in paper.Parameters.Concat(article.Parameters))
        {
            using Tensor zeros = Tensor.Zeros(Device, value.Shape);
            value.Assign(zeros);
        }

        using Tensor x = Tensor.From(Device, [1, 5, 4, 3], RandomNumbers.Uniform(60, seed: 3), DType.Float32);
        using Tensor y = paper.Infer(x), black = article.Infer(x);
        Assert.That(y.ToArray(), Is.EqualTo(x.ToArray()));
        Assert.That(black.ToArray(), Is.All.Zero);
    }

    [Test]
    public void A_pixel_reaches_as_far_as_the_network_says()
    {
        using var network = new ZssrNetwork(Device, new NetworkSettings { Width = 4, Depth = 3, KernelSize = 5 }, 1, seed: 1);
        using Tensor white = Tensor.Full(Device, [1, 1, 1, 1], 1), spot = Window.ZeroPad(white, 10, 10, 10, 10);
        using Tensor output = network.Infer(spot);
        float[] y = output.ToArray();

        Assert.That(network.Reach, Is.EqualTo(6));
        int[] touched = [.. Enumerable.Range(0, 21 * 21).Where(i => y[i] != 0)];
        Assert.That((touched.Min(i => i / 21), touched.Max(i => i / 21)), Is.EqualTo((4, 16)));
    }

    private static IEnumerable<string> Described(Module network) =>
        network.Parameters.Select(parameter => $"{parameter.Name} {parameter.Value.Shape}");
}
