using System.Security.Cryptography;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Starts;

/// <summary>A start gives networks their weights, gray ones too, and says what is wrong where it cannot.</summary>
public sealed class NetworkStartTests
{
    private static readonly Lazy<byte[]> Small = new(() => SmallStarts.Learn(SmallStarts.Recipe));

    private static NetworkStart Start => NetworkStart.Read("small", Small.Value);

    [Test]
    public void A_network_gets_the_weights_in_half_precision()
    {
        using ZssrNetwork network = Load(Start, channels: 3);
        var file = SafetensorsFile.Read(Small.Value);
        Assert.That(file.Names, Is.EqualTo(network.Parameters.Select(parameter => parameter.Name)));
        foreach ((string name, Tensor value) in network.Parameters)
        {
            Assert.That(file.TypeNameOf(name), Is.EqualTo("F16"));
            Assert.That(Layout.ToOihw(value), Is.EqualTo(file.Floats(name)));
        }
    }

    [Test]
    public void It_is_known_by_name_and_the_SHA_256_of_its_file() =>
        Assert.That((Start.Name, Start.Sha256), Is.EqualTo(("small", Convert.ToHexStringLower(SHA256.HashData(Small.Value)))));

    /// <summary>The answer to gray is the mean of the answers to three equal channels.</summary>
    [TestCase(NetworkForm.GlobalResidual)]
    [TestCase(NetworkForm.BlockResiduals)]
    public void A_gray_network_gets_the_same_function(NetworkForm form)
    {
        StartRecipe recipe = SmallStarts.Of(network => network with { Form = form, Width = 5, Depth = 3 });
        var start = NetworkStart.Read("colour", SmallStarts.Learn(recipe));
        using ZssrNetwork colour = Load(start, channels: 3), gray = Load(start, channels: 1);
        using Tensor image = PlainImages.Drawing(9, 11, channels: 1).On(SmallRuns.Cpu);
        using Tensor three = Concatenation.Channels(image, image, image);

        using Tensor answer = gray.Infer(image), answers = colour.Infer(three);

        double[] expected = [.. answers.ToDoubles().Chunk(3).Select(pixel => pixel.Average())];
        Assert.That(answer.ToDoubles(), Is.EqualTo(expected).Within(1e-6));
        Assert.That(answers.ToDoubles().Chunk(3).Max(pixel => pixel.Max() - pixel.Min()), Is.GreaterThan(1e-3), "the three do differ");
    }

    [TestCase("width", "GlobalResidual, width 8, 2 layers, kernel 3, 3 channels", "GlobalResidual, width 4, 2 layers, kernel 3, 3 channels, x2")]
    [TestCase("depth", "width 4, 3 layers", "width 4, 2 layers")]
    [TestCase("kernel", "2 layers, kernel 5, 3 channels", "2 layers, kernel 3, 3 channels")]
    [TestCase("form", "BlockResiduals", "GlobalResidual")]
    [TestCase("channels", "2 channels", "3 channels")]
    [TestCase("peak", "white 255", "white 1")]
    public void What_does_not_fit_is_told_with_what_there_is(string what, string asked, string found)
    {
        NetworkSettings settings = SmallStarts.Recipe.Settings.Network;
        settings = what switch
        {
            "width" => settings with { Width = 8 },
            "depth" => settings with { Depth = 3 },
            "kernel" => settings with { KernelSize = 5 },
            "form" => settings with { Form = NetworkForm.BlockResiduals },
            _ => settings,
        };
        using var network = new ZssrNetwork(SmallRuns.Cpu, settings, channels: what == "channels" ? 2 : 3, seed: 1);
        float[] before = network.Parameters[0].Value.ToArray();

        Assert.That(
            () => FirstWeights.Load(network, Start, new Scale(2), peak: what == "peak" ? 255 : 1),
            Throws.TypeOf<StartException>().With.Message.Contains(asked).And.Message.Contains(found).And.Message.Contains("--start none"));
        Assert.That(network.Parameters[0].Value.ToArray(), Is.EqualTo(before), "nothing has been changed");
    }

    [Test]
    public void Of_several_weights_those_of_the_nearest_scale_that_fit_are_taken()
    {
        byte[] Learn(double scale, int width)
        {
            StartRecipe recipe = SmallStarts.Of(network => network with { Width = width });
            return SmallStarts.Learn(recipe with { Settings = recipe.Settings with { Scales = [new Scale(scale)] } });
        }

        byte[][] files = [Learn(2, 4), Learn(3, 4), Learn(4, 6)];
        var start = NetworkStart.Read("several", files);
        using ZssrNetwork two = Load(start, 3, scale: 2.2), three = Load(start, 3, scale: 4);

        Assert.That(Layout.ToOihw(two.Parameters[0].Value), Is.EqualTo(SafetensorsFile.Read(files[0]).Floats("layers.0.weight")));
        Assert.That(Layout.ToOihw(three.Parameters[0].Value), Is.EqualTo(SafetensorsFile.Read(files[1]).Floats("layers.0.weight")));
        Assert.That((start.HasScale(new Scale(4)), start.HasScale(new Scale(3.5))), Is.EqualTo((true, false)));
    }

    /// <summary>2 x 3 has as many weights as 3 x 2, but each is of another pixel.</summary>
    [Test]
    public void Weights_of_another_enlargement_do_not_fit_though_their_shapes_do()
    {
        StartRecipe recipe = SmallStarts.Of(network => network with { Form = NetworkForm.SubPixel });
        recipe = recipe with { Settings = recipe.Settings with { Scales = [new Scale(2, 3)] } };
        var start = NetworkStart.Read("2x3", SmallStarts.Learn(recipe));
        ZssrNetwork Network(int vertical, int horizontal) => new(
            SmallRuns.Cpu, recipe.Settings.Network, 3, seed: 1, enlargement: new WholeScale(vertical, horizontal));
        using ZssrNetwork same = Network(2, 3), turned = Network(3, 2), flat = Network(1, 6);

        FirstWeights.Load(same, start, new Scale(2, 3), peak: 1);
        Assert.That(
            Layout.ToOihw(same.Parameters[0].Value), Is.EqualTo(start.Weights[0].Parameter("layers.0.weight", 3)!.Value.Elements));
        Assert.That(
            () => FirstWeights.Load(turned, start, new Scale(3, 2), peak: 1),
            Throws.TypeOf<StartException>().With.Message.Contains("x3x2").And.Message.Contains("x2x3"));
        Assert.That(() => FirstWeights.Load(flat, start, new Scale(1, 6), peak: 1), Throws.TypeOf<StartException>());
    }

    [Test]
    public void The_order_of_the_weights_in_the_file_does_not_matter()
    {
        StartRecipe recipe = SmallStarts.Of(network => network with { Form = NetworkForm.BlockResiduals, Depth = 12 });
        var file = SafetensorsFile.Read(SmallStarts.Learn(recipe));
        SafetensorsFile byName = SmallStarts.With(file, file.Names.OrderDescending(StringComparer.Ordinal));
        StartWeights expected = StartWeights.Of(file), found = StartWeights.Of(byName);
        Assert.That(found.ToString(), Is.EqualTo(expected.ToString()));
        foreach (string name in file.Names)
            Assert.That(found.Parameter(name, 1), Is.EqualTo(expected.Parameter(name, 1)), name);
    }

    [TestCase("layers.0.weight", new int[0])]
    [TestCase("layers.0.weight", new[] { 4, 27 })]
    [TestCase("layers.0.weight", new[] { 0, 3, 3, 3 })]
    [TestCase("layers.1.weight", new[] { 3, 0, 3, 3 })]
    [TestCase("layers.1.weight", new[] { 0 })]
    public void Weights_that_cannot_be_are_refused_by_name(string name, int[] sizes)
    {
        var file = SafetensorsFile.Read(Small.Value);
        var shape = Shape.Create(sizes);
        SafetensorsFile hostile = SmallStarts.With(file, file.Names, name, (shape, new float[shape.ElementCount]));
        Assert.That(
            () => NetworkStart.Read("x", SmallStarts.Bytes(hostile)), Throws.TypeOf<StartException>().With.Message.Contains($"'{name}'"));
    }

    [TestCase("layers.")]
    [TestCase("layers.weight")]
    [TestCase("layers.x.weight")]
    [TestCase("layers.-1.weight")]
    public void Weights_without_the_number_of_a_layer_are_refused(string name)
    {
        var file = SafetensorsFile.Read(Small.Value);
        file.Add(name, [1], [1f]);
        Assert.That(
            () => NetworkStart.Read("x", SmallStarts.Bytes(file)), Throws.TypeOf<StartException>().With.Message.Contains($"'{name}'"));
    }

    [Test]
    public void A_file_that_is_no_start_is_refused()
    {
        var other = new SafetensorsFile();
        other.Add("layers.0.weight", [1], [1f]);
        var damaged = SafetensorsFile.Read(Small.Value);
        damaged.Metadata.Remove("scale_vertical");
        Assert.That(
            () => NetworkStart.Read("x", SmallStarts.Bytes(other)), Throws.TypeOf<StartException>().With.Message.Contains("zssr learn"));
        Assert.That(
            () => NetworkStart.Read("x", SmallStarts.Bytes(damaged)),
            Throws.TypeOf<StartException>().With.Message.Contains("scale_vertical"));
        Assert.That(() => NetworkStart.Read("x", [1, 2, 3]), Throws.TypeOf<StartException>().With.Message.Contains("'x'"));
    }

    [Test]
    public void Every_start_that_is_built_in_can_be_read_and_is_small_enough()
    {
        foreach (string name in BuiltInStarts.Names)
            Assert.That(BuiltInStarts.Find(name)!.Weights, Is.Not.Empty, name);
        foreach (string resource in typeof(BuiltInStarts).Assembly.GetManifestResourceNames())
        {
            using Stream stream = typeof(BuiltInStarts).Assembly.GetManifestResourceStream(resource)!;
            Assert.That(stream.Length, Is.LessThanOrEqualTo(250_000), resource);
        }
    }

    private static ZssrNetwork Load(NetworkStart start, int channels, double scale = 2)
    {
        StartWeights first = start.Weights[0];
        var network = new ZssrNetwork(SmallRuns.Cpu, NetworkOf(first), channels, seed: 9);
        FirstWeights.Load(network, start, new Scale(scale), peak: 1);
        return network;
    }

    private static NetworkSettings NetworkOf(StartWeights weights) => new()
    {
        Form = Enum.Parse<NetworkForm>(weights.Form),
        Width = weights.Parameter("layers.0.weight", 3)!.Value.Shape[0],
        Depth = weights.Names.Count(name => name.EndsWith("weight", StringComparison.Ordinal)),
    };
}
