using System.Globalization;
using Zssr.Nn;
using Zssr.Nn.Tracing;
using Zssr.Tensors;

namespace Zssr.App.Reports;

/// <summary>
/// The values of a <see cref="StepTrace"/> for a safetensors file, under names such as <c>given.son</c>, <c>forward.003.Conv2d</c>,
/// <c>backward.007.layers.0.weight</c>, <c>gradient.layers.0.weight</c> and <c>updated.layers.0.weight</c>: forward and backward are
/// numbered in the order in which they were computed.
/// </summary>
internal sealed class StepDump
{
    private readonly SafetensorsFile _file = new();
    private readonly Dictionary<StepPart, int> _counts = [];

    /// <summary>Copies a value while it exists.</summary>
    public void Add(StepValue value, Tensor tensor)
    {
        int number = _counts[value.Part] = _counts.GetValueOrDefault(value.Part) + 1;
        string name = value.Part switch
        {
            StepPart.Forward => string.Create(CultureInfo.InvariantCulture, $"forward.{number:D3}.{value.Function}"),
            StepPart.Backward => string.Create(CultureInfo.InvariantCulture, $"backward.{number:D3}.{value.Name}"),
            StepPart.Given => $"given.{value.Name}",
            StepPart.Gradient => $"gradient.{value.Name}",
            _ => $"updated.{value.Name}",
        };
        if (tensor.DType == DType.Float64)
            _file.Add(name, tensor.Shape, tensor.ToDoubles());
        else
            _file.Add(name, tensor.Shape, tensor.ToArray());
    }

    /// <summary>The file, which says what it is.</summary>
    public SafetensorsFile Finish(StepTrace trace, string preset)
    {
        _file.Metadata["iteration"] = trace.Iteration.ToString(CultureInfo.InvariantCulture);
        _file.Metadata["learning_rate"] = trace.LearningRate.ToString("R", CultureInfo.InvariantCulture);
        _file.Metadata["preset"] = preset;
        _file.Metadata["layout"] = "images [N, H, W, C], weights [kernel height, kernel width, inputs, outputs]";
        return _file;
    }
}
