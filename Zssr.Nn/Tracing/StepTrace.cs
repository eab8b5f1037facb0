using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn.Tracing;

/// <summary>Which part of an iteration a value belongs to.</summary>
public enum StepPart
{
    /// <summary>What the iteration begins with: images and parameters.</summary>
    Given,

    /// <summary>The results of functions, up to the loss.</summary>
    Forward,

    /// <summary>What functions bring to the gradients of their inputs, from the loss back.</summary>
    Backward,

    /// <summary>The complete gradients of the parameters.</summary>
    Gradient,

    /// <summary>The parameters after the optimizer's step.</summary>
    Updated,
}

/// <summary>One value that an iteration has computed.</summary>
/// <param name="Part">Where it belongs.</param>
/// <param name="Name">
/// <c>son</c>, <c>father</c>, a parameter's name, <c>%1</c>, <c>%2</c>, … for the results of functions; of a contribution to a gradient the
/// name of the value whose gradient it is.
/// </param>
/// <param name="Function">The function that it comes from, or <c>Conv2d backward</c>; empty for what is given or updated.</param>
/// <param name="Inputs">The names of the function's inputs.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="DType">The type of its elements.</param>
/// <param name="Device">Where it is.</param>
/// <param name="Statistics">Its elements in four numbers.</param>
/// <param name="Time">What the function took, until the device had finished; of a backward pass, all its gradients together.</param>
/// <param name="Line">The line of C# that applied the function.</param>
public sealed record StepValue(
    StepPart Part, string Name, string Function, IReadOnlyList<string> Inputs, Shape Shape, DType DType, string Device,
    TensorStatistics Statistics, TimeSpan Time, SourceLine? Line);

/// <summary>
/// Everything that one training iteration computes, in order: give it to <see cref="ZssrTrainer.Step"/> or
/// <see cref="RunHooks.Observer"/>, and look at it afterwards.
/// </summary>
/// <param name="onTensor">Shown each value itself while it exists, to be copied.</param>
public sealed class StepTrace(Action<StepValue, Tensor>? onTensor = null) : IStepObserver
{
    private readonly List<StepValue> _values = [];
    private readonly List<NamedParameter> _given = [];
    private readonly Dictionary<Variable, string> _names = [];
    private int _functions;

    /// <summary>Which iteration, counted from 0; −1 until one begins.</summary>
    public int Iteration { get; private set; } = -1;

    /// <summary>The size of the optimizer's step.</summary>
    public double LearningRate { get; private set; }

    /// <summary>All values in the order in which they were computed.</summary>
    public IReadOnlyList<StepValue> Values => _values;

    /// <inheritdoc/>
    public void Begun(int iteration, IReadOnlyList<NamedParameter> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        Iteration = iteration;
        _given.AddRange(given);
        foreach (NamedParameter value in given)
            Add(StepPart.Given, value.Name, value.Value);
    }

    /// <inheritdoc/>
    public void Applied(Function function, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(function);
        string name = $"%{++_functions}";
        IReadOnlyList<string> inputs = [.. function.Inputs.Select(NameOf)];
        _names[function.Output!] = name;
        Add(StepPart.Forward, name, function.Output!.Value, function.Name, inputs, time, function.Line);
    }

    /// <inheritdoc/>
    public void WentBackward(Function function, Variable outputGradient, IReadOnlyList<Variable?> inputGradients, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputGradients);
        for (int i = 0; i < inputGradients.Count; i++)
        {
            if (inputGradients[i] is { } gradient)
            {
                Add(
                    StepPart.Backward, NameOf(function.Inputs[i]), gradient.Value, $"{function.Name} backward", [NameOf(function.Output!)],
                    time, function.Line);
            }
        }
    }

    /// <inheritdoc/>
    public void Learning(IReadOnlyList<NamedParameter> gradients, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        LearningRate = learningRate;
        foreach (NamedParameter gradient in gradients)
            Add(StepPart.Gradient, gradient.Name, gradient.Value);
    }

    /// <inheritdoc/>
    public void Ended(IReadOnlyList<NamedParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (NamedParameter parameter in parameters)
            Add(StepPart.Updated, parameter.Name, parameter.Value);
    }

    private void Add(
        StepPart part, string name, Tensor tensor, string function = "", IReadOnlyList<string>? inputs = null, TimeSpan time = default,
        SourceLine? line = null)
    {
        var value = new StepValue(
            part, name, function, inputs ?? [], tensor.Shape, tensor.DType, tensor.Device.Name.ToString(), TensorStatistics.Of(tensor), time,
            line);
        _values.Add(value);
        onTensor?.Invoke(value, tensor);
    }

    /// <summary>The name of a result; of a leaf, that of the image or parameter whose memory it has, or what it is.</summary>
    private string NameOf(Variable variable)
    {
        if (_names.TryGetValue(variable, out string? known))
            return known;
        string name = _given.FirstOrDefault(given => given.Value.SharesMemoryWith(variable.Value))?.Name ?? "constant";
        return _names[variable] = name;
    }
}
