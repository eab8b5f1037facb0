using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Zssr.Nn;
using Zssr.Nn.Onnx;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;
using Tensor = Zssr.Tensors.Tensor;

namespace Zssr.Tests.Nn.Onnx;

/// <summary>Exported networks, run by ONNX Runtime.</summary>
[TestFixture]
public sealed class OnnxExportTests
{
    private static readonly NetworkSettings Article = new() { Form = NetworkForm.BlockResiduals, Width = 8, Depth = 4 };
    private static readonly NetworkSettings Paper = new() { Form = NetworkForm.GlobalResidual, Width = 8, Depth = 4, WeightGain = 0.8 };

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void Another_runtime_computes_what_the_network_computes(
        [Values] NetworkForm form, [Values(1, 3)] int channels, [Values(1, 255)] int peak, [Values(1, 2)] int batch)
    {
        NetworkSettings settings = form == NetworkForm.BlockResiduals ? Article : Paper with { Form = form };
        RequireSame(settings, channels, batch, height: 17, width: 13, peak);
    }

    [TestCase(1, 5)]
    [TestCase(2, 1)]
    [TestCase(3, 7)]
    public void Other_depths_and_kernels_are_exported_too(int depth, int kernelSize)
    {
        RequireSame(Article with { Depth = depth, KernelSize = kernelSize }, channels: 3, batch: 1, height: 5, width: 11, peak: 1);
        RequireSame(Paper with { Depth = depth, KernelSize = kernelSize }, channels: 3, batch: 1, height: 5, width: 11, peak: 1);
    }

    [Test]
    public void Where_the_image_has_as_many_channels_as_the_layers_every_block_adds_its_input() =>
        RequireSame(Article with { Width = 3 }, channels: 3, batch: 1, height: 6, width: 7, peak: 1);

    [Test]
    public void An_image_of_one_pixel_is_enough() => RequireSame(Paper, channels: 3, batch: 1, height: 1, width: 1, peak: 1);

    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(2, 3)]
    [TestCase(4, 1)]
    public void A_network_that_enlarges_is_given_the_interpolated_image_too(int vertical, int horizontal)
    {
        var enlargement = new WholeScale(vertical, horizontal);
        using var network = new ZssrNetwork(Device, Paper with { Form = NetworkForm.SubPixel }, 3, seed: 1, enlargement: enlargement);
        using Tensor image = RandomTensors.Uniform(Device, [2, 7, 6, 3], seed: 2);
        using Tensor interpolated = Resize.ImResize(image, vertical, horizontal);
        using var session = new InferenceSession(Export(network, 1));

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([Input("image", image), Input("interpolated", interpolated)]);

        var output = results.Single(result => result.Name == "output").AsTensor<float>();
        Assert.That(output.Dimensions.ToArray(), Is.EqualTo(new[] { 2, 3, 7 * vertical, 6 * horizontal }));
        double[] expected = Expected(network, image);
        Assert.That(output.Select(x => (double)x), Is.EqualTo(expected).Within(3e-6));
        double[] before = Array.ConvertAll(Layout.ToNchw(interpolated), x => (double)x);
        Assert.That(Distances.Largest(before, expected), Is.GreaterThan(1e-3), "the network does something");
        string[] size = ["batch", "", "large_height", "large_width"];
        Assert.That(session.InputMetadata["interpolated"].SymbolicDimensions, Is.EqualTo(size));
        Assert.That(session.OutputMetadata["output"].SymbolicDimensions, Is.EqualTo(size));
    }

    [Test]
    public void Where_pixels_lie_off_the_middle_of_their_blocks_the_file_says_it_and_the_interpolation_has_to_know()
    {
        using var network = new ZssrNetwork(
            Device, Paper with { Form = NetworkForm.SubPixel }, 3, seed: 1, enlargement: new WholeScale(2, 2),
            placement: KernelPlacement.First);
        using Tensor image = RandomTensors.Uniform(Device, [1, 7, 6, 3], seed: 2);
        var interpolation = new SeparableResize(
            ResizeAxis.ImResize(7, 2, displacement: -0.5), ResizeAxis.ImResize(6, 2, displacement: -0.5), verticalFirst: true);
        using Tensor interpolated = interpolation.Apply(image);
        byte[] file = Export(network, 1);
        using var session = new InferenceSession(file);

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([Input("image", image), Input("interpolated", interpolated)]);

        Assert.That(results.Single().AsTensor<float>().Select(x => (double)x), Is.EqualTo(Expected(network, image)).Within(3e-6));
        Assert.That(System.Text.Encoding.UTF8.GetString(file), Does.Contain("row 2i + 0 and column 2j + 0"));
    }

    [Test]
    public void A_float64_network_is_exported_in_float32()
    {
        using var network = new ZssrNetwork(Device, Paper, channels: 1, seed: 3, DType.Float64);
        using Tensor image = RandomTensors.Uniform(Device, [1, 9, 8, 1], seed: 4);
        using Tensor precise = image.To(DType.Float64);

        Assert.That(Run(Export(network, 1), image), Is.EqualTo(Expected(network, precise)).Within(1e-5));
    }

    [Test]
    public void The_file_tells_what_goes_in_and_out()
    {
        using var network = new ZssrNetwork(Device, Article, channels: 3, seed: 1);
        using var stream = new MemoryStream();
        OnnxExport.Write(stream, network, peak: 255, ("preset", "article"), ("scale", "2"));
        using var session = new InferenceSession(stream.ToArray());

        NodeMetadata input = session.InputMetadata["image"], output = session.OutputMetadata["output"];
        Assert.That((session.InputMetadata.Count, session.OutputMetadata.Count), Is.EqualTo((1, 1)), "weights are no inputs");
        Assert.That((input.Dimensions, output.Dimensions), Is.EqualTo((new[] { -1, 3, -1, -1 }, new[] { -1, 3, -1, -1 })));
        Assert.That(input.SymbolicDimensions, Is.EqualTo(new[] { "batch", "", "height", "width" }));
        Assert.That(input.ElementType, Is.EqualTo(typeof(float)));
        Assert.That(session.ModelMetadata.ProducerName, Is.EqualTo("zssr"));
        Assert.That(session.ModelMetadata.Description, Does.Contain("values 0…255"));
        Assert.That(session.ModelMetadata.CustomMetadataMap, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["peak"] = "255",
            ["network"] = "BlockResiduals",
            ["preset"] = "article",
            ["scale"] = "2",
        }));
    }

    [Test]
    public void The_same_network_gives_the_same_bytes()
    {
        using var network = new ZssrNetwork(Device, Article, channels: 3, seed: 1);

        byte[] first = Export(network, 1), second = Export(network, 1);
        Assert.That(second, Is.EqualTo(first));
    }

    private static void RequireSame(NetworkSettings settings, int channels, int batch, int height, int width, double peak)
    {
        using var network = new ZssrNetwork(Device, settings, channels, seed: 1);
        using Tensor image = RandomTensors.Uniform(Device, [batch, height, width, channels], seed: 2, high: peak);

        double[] expected = Expected(network, image);
        Assert.That(Distances.Largest(image.ToDoubles(), expected), Is.GreaterThan(1e-3 * peak), "the network does something");
        Assert.That(Run(Export(network, peak), image), Is.EqualTo(expected).Within(2e-6 * peak));
    }

    /// <summary>What the network answers, in the order of ONNX: [batch, channels, height, width].</summary>
    private static double[] Expected(ZssrNetwork network, Tensor image)
    {
        using Tensor output = network.Infer(image);
        return Array.ConvertAll(Layout.ToNchw(output), x => (double)x);
    }

    private static byte[] Export(ZssrNetwork network, double peak)
    {
        using var stream = new MemoryStream();
        OnnxExport.Write(stream, network, peak);
        return stream.ToArray();
    }

    private static double[] Run(byte[] model, Tensor image)
    {
        using var session = new InferenceSession(model);
        int[] shape = [image.Shape[0], image.Shape[3], image.Shape[1], image.Shape[2]];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([Input("image", image)]);
        var output = results.Single(result => result.Name == "output").AsTensor<float>();
        Assert.That(output.Dimensions.ToArray(), Is.EqualTo(shape));
        return [.. output.Select(x => (double)x)];
    }

    private static NamedOnnxValue Input(string name, Tensor image) => NamedOnnxValue.CreateFromTensor(
        name, new DenseTensor<float>(Layout.ToNchw(image), [image.Shape[0], image.Shape[3], image.Shape[1], image.Shape[2]]));
}
