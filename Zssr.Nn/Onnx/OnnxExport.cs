using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn.Onnx;

/// <summary>
/// Writes a network as an ONNX file (onnx.ai), which other programs run: ONNX Runtime, browsers, phones, inference engines of GPUs.
/// </summary>
/// <remarks>
/// The graph has the input <c>image</c> and the output <c>output</c>, both [batch, channels, height, width] of float32 and of any size:
/// the same function as <see cref="ZssrNetwork.Infer"/>, which takes [batch, height, width, channels]. Interpolation before it, and
/// copies, back-projection and clamping after it, are not part of the network. Weights keep their names, <c>layers.0.weight</c>, ….
/// A sub-pixel network interpolates itself, but no operator does it as MATLAB at the borders: its graph has a second input
/// <c>interpolated</c>, the image at its new size, to which the detail is added. Where the network's pixels are placed elsewhere than in
/// the middle of their blocks (<see cref="KernelPlacement"/>), the description of that input says so: it must be interpolated from there.
/// </remarks>
public static class OnnxExport
{
    /// <summary>The name of the graph's input.</summary>
    public const string InputName = "image";

    /// <summary>The name of a sub-pixel network's second input.</summary>
    public const string InterpolatedName = "interpolated";

    /// <summary>The name of the graph's output.</summary>
    public const string OutputName = "output";

    /// <summary>A file of protocol buffers must be smaller than 2 GiB; some of it is not weights.</summary>
    private const long MostWeightBytes = int.MaxValue - (1 << 20);

    /// <summary>Writes the file; the same network always gives the same bytes. The stream is left open.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="network">The network; float64 weights are rounded to float32.</param>
    /// <param name="peak">The value of white that it was trained with, 1 or 255. The file tells it, as <c>peak</c> and in words.</param>
    /// <param name="metadata">What else the file tells programs, by name.</param>
    /// <exception cref="SettingsException">The network is too large for the format.</exception>
    public static void Write(
        Stream stream, ZssrNetwork network, double peak, params IReadOnlyList<(string Name, string Value)> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(metadata);
        long bytes = network.Parameters.Sum(parameter => (long)parameter.Value.Count * sizeof(float));
        if (bytes > MostWeightBytes)
        {
            throw new SettingsException(string.Create(
                CultureInfo.InvariantCulture,
                $"onnx: the weights take {bytes} bytes; a file can hold {MostWeightBytes}. Train with a smaller width or depth."));
        }

        string white = peak.ToString("R", CultureInfo.InvariantCulture);
        bool enlarges = network.Enlargement != WholeScale.One;
        var interpolated = new OnnxImage(
            enlarges ? InterpolatedName : InputName, network.Channels,
            $"Images [batch, channels, height, width] that have been interpolated to their new size. 0 is black, {white} is white."
            + (network.Placement.IsCentred ? "" : $" {PlacementNote(network)}"),
            enlarges ? OnnxImage.Large : OnnxImage.Same);
        var small = new OnnxImage(InputName, network.Channels, "The same images, small.", OnnxImage.Same);
        var graph = new OnnxGraph(
            "zssr",
            Nodes(network),
            [.. network.Parameters.Select(Initializer), .. enlarges ? OnnxSubPixels.Initializers(network) : []],
            enlarges ? [small, interpolated] : [interpolated],
            new OnnxImage(
                OutputName, network.Channels, $"The images with detail, of the same size; not clamped to 0…{white}.", interpolated.Size));
        string doc = "The network of zero-shot super-resolution (Shocher, Cohen and Irani 2018), trained on one image. It adds detail to "
            + $"that image, interpolated to its new size, with values 0…{white}.";
        new OnnxModel(graph, doc, [("peak", white), ("network", network.Settings.Form.ToString()), .. metadata]).Write(stream);
    }

    private static string PlacementNote(ZssrNetwork network) => string.Create(
        CultureInfo.InvariantCulture,
        $"Pixel (i, j) of the small image lies at row {network.Enlargement.Vertical}i + {network.Placement.Row} and column "
        + $"{network.Enlargement.Horizontal}j + {network.Placement.Column} of the new size, counted from 0.");

    private static List<OnnxNode> Nodes(ZssrNetwork network)
    {
        var nodes = new List<OnnxNode>();
        string value = InputName;
        for (int i = 0; i < network.Blocks.Count; i++)
        {
            Conv2dBlockLayer block = network.Blocks[i];
            string layer = string.Create(CultureInfo.InvariantCulture, $"layers.{i}"), before = value;
            string[] weights = [.. block.Parameters.Select(parameter => $"{layer}.{parameter.Name}")];
            value = Append("Conv", $"{layer}.conv", [value, .. weights], Geometry(block));
            if (block.HasRelu)
                value = Append("Relu", $"{layer}.relu", [value]);
            if (block.IsResidual)
                value = Append("Add", $"{layer}.add", [value, before]);
        }

        if (network.Enlargement != WholeScale.One)
        {
            OnnxNode places = OnnxSubPixels.Node(network, value);
            nodes.Add(places);
            Append("Add", "add", [places.Output, InterpolatedName]);
        }
        else if (network.Settings.Form != NetworkForm.BlockResiduals)
        {
            Append("Add", "add", [value, InputName]);
        }

        // The last operator's result is the graph's.
        nodes[^1] = nodes[^1] with { Output = OutputName };
        return nodes;

        string Append(string op, string output, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
        {
            nodes.Add(new OnnxNode(op, inputs, output, attributes));
            return output;
        }
    }

    private static OnnxAttribute[] Geometry(Conv2dBlockLayer block)
    {
        (int stride, int padding) = (block.Convolution.Stride, block.Convolution.Padding);
        Shape weight = block.Parameters[0].Value.Shape;
        return
        [
            OnnxAttribute.List("kernel_shape", weight[0], weight[1]), OnnxAttribute.List("strides", stride, stride),
            OnnxAttribute.List("pads", padding, padding, padding, padding),
        ];
    }

    private static OnnxTensor Initializer(NamedParameter parameter)
    {
        Shape shape = parameter.Value.Shape;
        return shape.Rank == 4
            ? new OnnxTensor(parameter.Name, [shape[3], shape[2], shape[0], shape[1]], Layout.ToOihw(parameter.Value))
            : new OnnxTensor(parameter.Name, shape, parameter.Value.ToArray());
    }
}
