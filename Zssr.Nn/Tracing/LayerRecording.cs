using System.Globalization;
using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn.Tracing;

/// <summary>
/// Copies what one convolution layer computes in a training iteration: give it to <see cref="ZssrTrainer.Step"/> or
/// <see cref="RunHooks.Observer"/>. Where the layer is applied more than once, as to pairs of several sizes, the first time counts.
/// </summary>
/// <param name="layer">Which layer, counted from 1.</param>
/// <remarks>A layer may be one function (<see cref="Conv2dBlockFunction"/>) or several, one after the other; both are known.</remarks>
public sealed class LayerRecording(int layer) : IStepObserver
{
    private IReadOnlyList<NamedParameter> _weights = [];
    private Function? _convolution;
    private Variable? _last;
    private int _iteration;
    private LayerValues? _values;

    /// <summary>The layer's numbers.</summary>
    /// <exception cref="TracingException">No iteration has been observed.</exception>
    public LayerValues Values => _values ?? throw new TracingException($"layer {layer}: no iteration has been observed yet.");

    /// <inheritdoc/>
    /// <exception cref="TracingException">The network has no such layer.</exception>
    public void Begun(int iteration, IReadOnlyList<NamedParameter> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        _weights = [.. given.Where(value => value.Name.EndsWith("weight", StringComparison.Ordinal) && value.Value.Shape.Rank == 4)];
        if (layer < 1 || layer > _weights.Count)
            throw new TracingException($"layer {layer}: the network has layers 1 to {_weights.Count}, counted from its input.");
        (_iteration, _convolution, _last, _values) = (iteration, null, null, null);
    }

    /// <inheritdoc/>
    public void Applied(Function function, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (_values is null)
        {
            if (function is Conv2dBlockFunction or Conv2dFunction
                && function.Inputs[1].Value.SharesMemoryWith(_weights[layer - 1].Value))
                Take(function);
        }
        else if (ReferenceEquals(function.Inputs[0], _last) && function is ReluFunction)
        {
            Continue(function, _values with { HasRelu = true });
        }
        else if (ReferenceEquals(function.Inputs[0], _last) && function is AddFunction)
        {
            Variable added = function.Inputs[1];
            string name = ReferenceEquals(added, _convolution!.Inputs[0]) && layer > 1 ? "the layer's input" : "the network's input";
            Continue(function, _values with { Residual = added.Value.ToDoubles(), ResidualName = name });
        }
    }

    /// <inheritdoc/>
    public void WentBackward(Function function, Variable outputGradient, IReadOnlyList<Variable?> inputGradients, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(inputGradients);
        if (_values is null || !ReferenceEquals(function, _convolution))
            return;
        _values = _values with
        {
            OutputGradient = outputGradient.Value.ToDoubles(),
            GradientIsBeforeRelu = _values.HasRelu && function is Conv2dBlockFunction,
            WeightGradient = inputGradients[1]!.Value.ToDoubles(),
        };
    }

    /// <inheritdoc/>
    public void Learning(IReadOnlyList<NamedParameter> gradients, double learningRate)
    {
    }

    /// <inheritdoc/>
    public void Ended(IReadOnlyList<NamedParameter> parameters)
    {
    }

    private void Take(Function function)
    {
        Tensor x = function.Inputs[0].Value, weight = function.Inputs[1].Value, y = function.Output!.Value;
        bool addsInput = Attribute("residual", false);
        (_convolution, _last) = (function, function.Output);
        _values = new LayerValues
        {
            Iteration = _iteration,
            Layer = layer,
            Layers = _weights.Count,
            InputShape = x.Shape,
            Input = x.ToDoubles(),
            WeightShape = weight.Shape,
            Weight = weight.ToDoubles(),
            Bias = function.Inputs.Count > 2 ? function.Inputs[2].Value.ToDoubles() : null,
            Stride = Attribute("stride", 1),
            Padding = Attribute("padding", 0),
            HasRelu = Attribute("relu", false),
            Residual = addsInput ? x.ToDoubles() : null,
            ResidualName = addsInput ? "the layer's input" : "",
            OutputShape = y.Shape,
            Output = y.ToDoubles(),
        };

        T Attribute<T>(string name, T standard) => function.Attributes.Where(attribute => attribute.Name == name)
            .Select(attribute => (T)Convert.ChangeType(attribute.Value, typeof(T), CultureInfo.InvariantCulture))
            .DefaultIfEmpty(standard).First();
    }

    /// <summary>Follows the layer through a function that takes its result.</summary>
    private void Continue(Function function, LayerValues values)
    {
        _last = function.Output;
        _values = values with { Output = function.Output!.Value.ToDoubles() };
    }
}
