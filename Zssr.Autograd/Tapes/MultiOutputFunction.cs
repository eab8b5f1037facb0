using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>A function with several outputs: (y₁, y₂, …) = f(x₁, x₂, …). It runs once, and goes backward once for all of them.</summary>
/// <remarks>Derive from <see cref="Function"/> where there is one output.</remarks>
public abstract class MultiOutputFunction : Function
{
    private IReadOnlyList<Tensor> _values = [];
    private Variable[] _outputs = [];

    /// <summary>The results; empty once the graph has been freed.</summary>
    public IReadOnlyList<Variable> Outputs => Output is null ? [] : [Output, .. _outputs];

    /// <inheritdoc/>
    internal sealed override int OutputCount => 1 + _outputs.Length;

    /// <summary>Applies a function to variables of one tape, and records it there if a gradient may be wanted.</summary>
    /// <returns>The outputs, in the order of <see cref="ForwardAll"/>.</returns>
    /// <exception cref="GraphException">As <see cref="Function.Run"/>.</exception>
    protected static IReadOnlyList<Variable> RunAll(MultiOutputFunction function, params ReadOnlySpan<Variable> inputs)
    {
        Variable first = Run(function, inputs);
        return [first, .. function._outputs];
    }

    /// <summary>The values of all outputs, one at least: each a new tensor, or another owner (<see cref="Tensor.Share"/>) of an input.</summary>
    protected abstract IReadOnlyList<Tensor> ForwardAll();

    /// <summary>
    /// The gradients of the inputs, given those of all outputs, zeros for an output that nothing depends on. One for each input, of its
    /// shape; null for an input that does not need one, or whose gradient is zero everywhere. Must not change the values of dy.
    /// </summary>
    protected abstract IReadOnlyList<Variable?> Backward(IReadOnlyList<Variable> dy);

    /// <inheritdoc/>
    protected sealed override Tensor Forward()
    {
        _values = ForwardAll() ?? throw new GraphException($"{Name}: forward gave null. Return a list of tensors, one for each output.");
        return _values.Count > 0 ? _values[0] : throw new GraphException($"{Name}: forward gave no output. Return one tensor at least.");
    }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<Variable?> Backward(Variable dy) => Backward([dy]);

    /// <inheritdoc/>
    internal sealed override Variable OutputAt(int output) => output == 0 ? Output! : _outputs[output - 1];

    /// <inheritdoc/>
    internal sealed override void Release(bool isCleared = false)
    {
        base.Release(isCleared);
        _outputs = [];
    }

    /// <inheritdoc/>
    private protected sealed override void AddOtherOutputs(Tape tape, bool record)
    {
        _outputs = new Variable[_values.Count - 1];
        try
        {
            for (int i = 1; i < _values.Count; i++)
            {
                Tensor value = Owned(_values[i]);
                bool isRepeated = _values.Take(i).Any(earlier => ReferenceEquals(earlier, value));
                _outputs[i - 1] = NewOutput(tape, isRepeated ? value.Share() : value, record);
            }
        }
        catch
        {
            foreach (Tensor value in _values.Where(value => value is not null && !Inputs.Any(input => ReferenceEquals(input.Value, value))))
                value.Dispose();
            throw;
        }

        _values = [];
    }

    /// <inheritdoc/>
    private protected sealed override IReadOnlyList<Variable?>? CallBackward(Variable[] dy) => Backward(dy);
}
