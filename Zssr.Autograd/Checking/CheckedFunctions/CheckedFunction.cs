using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// A function with the inputs at which it is checked. All of its outputs count as one long row of numbers, one output after the other.
/// </summary>
internal sealed class CheckedFunction
{
    private readonly Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> _function;
    private readonly bool[]? _isFinite;

    /// <summary>A function at inputs of one device. It is run once, to learn what it gives.</summary>
    /// <param name="function">From variables, one for each input, to its outputs.</param>
    /// <param name="inputs">Where it is checked.</param>
    /// <param name="outputNames">Names for reports; numbers if not given.</param>
    public CheckedFunction(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> function, IReadOnlyList<CheckedInput> inputs,
        IReadOnlyList<string>? outputNames = null)
    {
        (_function, Inputs) = (function, inputs);
        using Recording recording = Record();
        double[] values = recording.Values();
        _isFinite = values.All(double.IsFinite) ? null : [.. values.Select(double.IsFinite)];
        Outputs = [.. recording.Outputs.Select((output, i) =>
            new CheckedOutput(outputNames?[i] ?? (recording.Outputs.Count == 1 ? "output" : $"output {i}"), output.Shape, output.DType))];
    }

    public IReadOnlyList<CheckedInput> Inputs { get; }

    /// <summary>What the first run gave, and every other one must give; nothing before it.</summary>
    public IReadOnlyList<CheckedOutput> Outputs { get; } = [];

    /// <summary>
    /// Whether the function may be run with fewer inputs that need gradients. Not a function that differentiates by its inputs itself.
    /// </summary>
    public bool AllowsConstants { get; init; } = true;

    /// <summary>Whether a number of the outputs is one: there is nothing to compare with where it is infinite or NaN.</summary>
    public bool IsFinite(int output) => _isFinite is null || _isFinite[output];

    /// <summary>The numbers of all outputs together.</summary>
    public int OutputCount => Outputs.Sum(output => output.Shape.ElementCount);

    /// <summary>The outputs at the inputs as they are.</summary>
    public double[] Evaluate()
    {
        using Recording recording = Record();
        return recording.Values();
    }

    /// <summary>The outputs where one input has other values.</summary>
    public double[] Evaluate(int changed, double[] values)
    {
        CheckedInput input = Inputs[changed];
        using Tensor moved = Tensor.From(input.Tensor.Device, input.Shape, values, input.Tensor.DType);
        using Recording recording = Record(
            [.. Inputs.Select((x, i) => i == changed ? moved : x.Tensor)], [.. Inputs.Select(x => x.NeedsGradient)]);
        return recording.Values();
    }

    /// <summary>Runs the function on a tape of its own, ready for its backward pass.</summary>
    public Recording Record() => Record([.. Inputs.Select(input => input.Tensor)], [.. Inputs.Select(input => input.NeedsGradient)]);

    /// <summary>The same on a tape that is observed.</summary>
    public Recording Record(ITapeObserver observer) =>
        Record([.. Inputs.Select(input => input.Tensor)], [.. Inputs.Select(input => input.NeedsGradient)], observer);

    /// <summary>The same where only some inputs need gradients.</summary>
    public Recording Record(bool[] needs) => Record([.. Inputs.Select(input => input.Tensor)], needs);

    /// <summary>The same at other values of all inputs.</summary>
    public Recording RecordAt(IReadOnlyList<double[]> values)
    {
        Tensor[] moved = [.. Inputs.Select((input, i) => Tensor.From(input.Tensor.Device, input.Shape, values[i], input.Tensor.DType))];
        try
        {
            return Record(moved, [.. Inputs.Select(input => input.NeedsGradient)]);
        }
        finally
        {
            // The tape has owners of its own.
            foreach (Tensor tensor in moved)
                tensor.Dispose();
        }
    }

    /// <summary>The function on variables of the caller's tape.</summary>
    /// <exception cref="ChangingOutputException">It gives outputs of other shapes or types than before.</exception>
    public IReadOnlyList<Variable> Apply(IReadOnlyList<Variable> variables)
    {
        IReadOnlyList<Variable> outputs = _function(variables) ?? throw new GradCheckException(
            "gradient check: the function gave null for its outputs. Return a list of variables.");
        if (outputs.Any(output => output is null))
            throw new GradCheckException("gradient check: the function gave null for an output. Return a variable.");
        return Outputs.Count == 0
            || outputs.Select(output => (output.Shape, output.DType)).SequenceEqual(Outputs.Select(output => (output.Shape, output.DType)))
            ? outputs
            : throw new ChangingOutputException(
                "two runs give outputs of different shapes or types: "
                + $"{Text(Outputs.Select(output => (output.Shape, output.DType)))}, then "
                + Text(outputs.Select(output => (output.Shape, output.DType))));
    }

    private Recording Record(IReadOnlyList<Tensor> values, bool[] needs, ITapeObserver? observer = null)
    {
        var tape = new Tape { Observer = observer };
        try
        {
            Variable[] variables = [.. values.Select((value, i) => VariableFor(tape, value, needs[i]))];
            return new Recording(tape, variables, Apply(variables));
        }
        catch
        {
            tape.Dispose();
            throw;
        }
    }

    /// <summary>A variable of its own for each input, also where one tensor is given twice.</summary>
    private static Variable VariableFor(Tape tape, Tensor value, bool needsGradient)
    {
        using Tensor own = value.Share();
        return needsGradient ? tape.Watch(own) : tape.Constant(own);
    }

    private static string Text(IEnumerable<(Shape Shape, DType DType)> outputs) =>
        string.Join(", ", outputs.Select(output => $"{output.Shape} {output.DType.Name()}"));
}

/// <summary>A function gives outputs of other shapes or types than before, so that nothing can be compared.</summary>
internal sealed class ChangingOutputException(string message) : Exception(message);

/// <summary>What an output looks like.</summary>
internal sealed record CheckedOutput(string Name, Shape Shape, DType DType);
