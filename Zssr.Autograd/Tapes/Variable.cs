using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// A tensor in a computation that can be differentiated: its value, the function that made it, and, after
/// <see cref="Autograd.Tape.Backward"/>, its gradient.
/// </summary>
/// <remarks>Variables are made by a <see cref="Autograd.Tape"/> and by functions of other variables; the tape frees them.</remarks>
public sealed class Variable : IDisposable
{
    private readonly Tensor _value;

    internal Variable(Tape tape, Tensor value, bool requiresGradient) => (Tape, _value, RequiresGradient) = (tape, value, requiresGradient);

    /// <summary>The tape that records what is done with this variable.</summary>
    public Tape Tape { get; }

    /// <summary>Whether gradients flow to it: it is watched by the tape, or depends on a variable that is.</summary>
    public bool RequiresGradient { get; }

    /// <summary>The sizes of the value's axes.</summary>
    public Shape Shape => _value.Shape;

    /// <summary>The type of the value's elements.</summary>
    public DType DType => _value.DType;

    /// <summary>The value. It belongs to this variable: <see cref="Tensor.Share"/> it to use it for longer than the tape lives.</summary>
    /// <exception cref="TensorDisposedException">The tape was disposed, or a backward pass has freed the value.</exception>
    public Tensor Value => !_value.IsDisposed
        ? _value
        : throw new TensorDisposedException(
            $"the value of a variable of shape {Shape} has been freed, by a backward pass or with its tape. "
            + "Call Keep() on the variable or pass keepGraph: true to read it after Backward.");

    /// <summary>
    /// The sum of the gradients that backward passes have computed, of the value's shape; null before the first one,
    /// and always for variables that are not watched directly. Freed with the tape. Its memory is its own: it may be changed in place, as
    /// by clipping, and nothing else changes.
    /// </summary>
    public Variable? Gradient { get; private set; }

    /// <summary>The function whose output this is; null for variables that were given, not computed.</summary>
    internal Function? Source { get; set; }

    /// <summary>Whether a backward pass leaves the value in memory.</summary>
    internal bool IsKept { get; private set; }

    /// <summary>
    /// Keeps the value readable after a backward pass, which otherwise frees intermediate values when it is done with them.
    /// </summary>
    /// <returns>This variable.</returns>
    public Variable Keep()
    {
        IsKept = true;
        return this;
    }

    /// <summary>The same value as a constant: no gradient flows through it.</summary>
    public Variable Detach() => Tape.Constant(Value);

    /// <summary>Forgets the gradient, so that the next backward pass starts from zero.</summary>
    public void ClearGradient()
    {
        // A gradient that was recorded may be part of a computation that goes on; it is freed with the tape.
        if (Gradient is { RequiresGradient: false })
            Gradient.Dispose();
        Gradient = null;
    }

    /// <summary>Frees the value early. Only useful where nothing is recorded, such as in inference.</summary>
    public void Dispose() => _value.Dispose();

    /// <summary>The value, and where it comes from.</summary>
    public override string ToString() => $"{(Source is null ? "Variable" : $"Variable from {Source.Name}")}: {_value}";

    /// <summary>Adds to the gradient.</summary>
    internal void Accumulate(Variable gradient) => Gradient = Gradient is null ? gradient : GradientSumFunction.Apply(Gradient, gradient);
}
