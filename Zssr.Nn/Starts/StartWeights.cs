using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Weights of one network for one scale, learned beforehand: what <c>zssr learn</c> writes. A safetensors file whose <c>layers.…</c> are
/// the parameters as PyTorch has them, in half precision, and whose metadata tell what they are for.
/// </summary>
public sealed class StartWeights
{
    /// <summary>The metadata's <c>format</c>.</summary>
    internal const string Format = "zssr-start-1";

    private const string Layers = "layers.";

    private readonly SafetensorsFile _file;

    private StartWeights(SafetensorsFile file)
    {
        _file = file;
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
        {
            throw new StartException(
                $"start: the file is a safetensors file, but no start: its metadata give the format '{format}', not '{Format}'. "
                + "`zssr learn` writes starts.");
        }

        Form = Text("form");
        Channels = (int)Number("channels", 1, 1 << 10);
        Peak = Number("peak", 1, 255);
        Scale = new Scale(Number("scale_vertical", 1, 16), Number("scale_horizontal", 1, 16));
        Names = [.. file.Names.Where(name => name.StartsWith(Layers, StringComparison.Ordinal)).OrderBy(NumberOf)];
        if (Names.Count == 0)
            throw new StartException("start: the file has no arrays 'layers.…', the weights of a network. It is damaged; make it again.");
        foreach (string name in Names)
        {
            Shape shape = file.ShapeOf(name);
            if (shape.Rank is not (1 or 4) || shape.ElementCount == 0)
            {
                throw new StartException(
                    $"start: '{name}' has the shape {shape}; weights have 4 dimensions, or 1, and none is 0. The file is damaged.");
            }
        }
    }

    /// <summary>The network's form, as <c>NetworkForm</c> names it.</summary>
    public string Form { get; }

    /// <summary>Channels of the images.</summary>
    public int Channels { get; }

    /// <summary>The value of white.</summary>
    public double Peak { get; }

    /// <summary>By how much the network enlarges.</summary>
    public Scale Scale { get; }

    /// <summary>The parameters' names, from the input on, whatever their order in the file is.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Takes the content of a file.</summary>
    /// <exception cref="StartException">It is no start, or lacks something.</exception>
    public static StartWeights Of(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new StartWeights(file);
    }

    /// <summary>For people: form, width, depth, kernel size, channels, scale.</summary>
    public override string ToString()
    {
        Shape[] kernels = [.. Names.Select(_file.ShapeOf).Where(shape => shape.Rank == 4)];
        string size = kernels.Length == 0 ? "" : $"kernel {kernels[0][3]}, ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Form}, width {_file.ShapeOf(Names[0])[0]}, {kernels.Length} layers, {size}{Channels} channels, x{Scale}");
    }

    /// <summary>
    /// A parameter for images of some channels, as files have it, [outputs, inputs, rows, columns] or [outputs]; null where there is none.
    /// </summary>
    /// <remarks>
    /// A gray image is a colour image of equal channels. So for one channel the first layer's weights are summed over the image's channels,
    /// and the last layer's are the mean over each pixel's channels: the network's answer is the mean of the answers to the three.
    /// </remarks>
    internal (Shape Shape, float[] Elements)? Parameter(string name, int channels)
    {
        if (!Names.Contains(name))
            return null;
        (Shape shape, float[] elements) = (_file.ShapeOf(name), _file.Floats(name));
        if (channels == Channels || channels != 1)
            return (shape, elements);
        string last = LayerOf(Names[^1]);
        if (LayerOf(name) == last && shape[0] % Channels == 0)
            (shape, elements) = MeanOfOutputs(shape, elements, Channels);
        if (LayerOf(name) == LayerOf(Names[0]) && shape.Rank == 4 && shape[1] == Channels)
            (shape, elements) = SumOfInputs(shape, elements);
        return (shape, elements);
    }

    /// <summary>Whether any value of a parameter is not a number.</summary>
    internal bool IsFinite => Names.All(name => Array.TrueForAll(_file.Floats(name), float.IsFinite));

    /// <summary>Outputs channel by channel within each pixel (as a sub-pixel layer has several): the mean of each group.</summary>
    private static (Shape Shape, float[] Elements) MeanOfOutputs(Shape shape, float[] elements, int channels)
    {
        int rest = elements.Length / shape[0];
        float[] mean = new float[elements.Length / channels];
        for (int output = 0; output < shape[0] / channels; output++)
        {
            for (int i = 0; i < rest; i++)
            {
                double sum = 0;
                for (int channel = 0; channel < channels; channel++)
                    sum += elements[(output * channels + channel) * rest + i];
                mean[output * rest + i] = (float)(sum / channels);
            }
        }

        int outputs = shape[0] / channels;
        return (shape.Rank == 4 ? [outputs, shape[1], shape[2], shape[3]] : [outputs], mean);
    }

    private static (Shape Shape, float[] Elements) SumOfInputs(Shape shape, float[] elements)
    {
        int area = shape[2] * shape[3];
        float[] sum = new float[shape[0] * area];
        for (int output = 0; output < shape[0]; output++)
        {
            for (int i = 0; i < area; i++)
            {
                double all = 0;
                for (int input = 0; input < shape[1]; input++)
                    all += elements[(output * shape[1] + input) * area + i];
                sum[output * area + i] = (float)all;
            }
        }

        return ([shape[0], 1, shape[2], shape[3]], sum);
    }

    private static string LayerOf(string name) => name[..name.LastIndexOf('.')];

    /// <summary>Which layer a parameter <c>layers.N.…</c> belongs to.</summary>
    private static int NumberOf(string name)
    {
        string[] parts = name.Split('.');
        return parts.Length > 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new StartException($"start: '{name}' is no name of weights, such as 'layers.0.weight'. The file is damaged.");
    }

    private string Text(string name) => _file.Metadata.TryGetValue(name, out string? text)
        ? text
        : throw new StartException($"start: its metadata have no '{name}'. The file is incomplete; make it again with `zssr learn`.");

    private double Number(string name, double least, double most)
    {
        string text = Text(name);
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        return isNumber && number >= least && number <= most
            ? number
            : throw new StartException($"start: its metadata give '{text}' for '{name}', which is no valid number. The file is damaged.");
    }
}
