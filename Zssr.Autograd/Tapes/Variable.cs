using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// A tensor in a computation that can be differentiated: its value, the function that made it, and, after
/// <see cref="Autograd.Tape.Backward(Variable, Variable?, bool, bool)"/>, its gradient.
/// </summary>
/// <remarks>Variables are made by a <see cref="Autograd.Tape"/> and by functions of other variables; the tape frees them.</remarks>
public sealed class Variable : IDisposable
{
    private readonly Tensor _value;
    private List<GradientHook>? _hooks;
    private Function? _reader;
    private long _versionForReader;

    internal Variable(Tape tape, Tensor value, bool requiresGradient) =>
        (Tape, _value, RequiresGradient, VersionWhenMade) = (tape, value, requiresGradient, value.Version);

    /// <summary>The tape that records what is done with this variable.</summary>
    public Tape Tape { get; }

    /// <summary>Whether gradients flow to it: it is watched by the tape, or depends on a variable that is.</summary>
    public bool RequiresGradient { get; }

    /// <summary>The sizes of the value's axes.</summary>
    public Shape Shape => _value.Shape;

    /// <summary>The type of the value's elements.</summary>
    public DType DType => _value.DType;

    /// <summary>What messages call it; null unless it was <see cref="Named"/>.</summary>
    public string? Name { get; private set; }

    /// <summary>The value. It belongs to this variable: <see cref="Tensor.Share"/> it to use it for longer than the tape lives.</summary>
    /// <exception cref="TensorDisposedException">The tape was cleared or disposed, or a backward pass has freed the value.</exception>
    /// <exception cref="GraphException">The backward pass of a function reads it, and it was changed in place in the meantime.</exception>
    public Tensor Value
    {
        get
        {
            if (_value.IsDisposed)
                throw Freed();
            if (_reader is not null && _value.Version != _versionForReader)
                throw ChangedInPlace.Error(_reader, this, _versionForReader);
            return _value;
        }
    }

    /// <summary>
    /// The sum of the gradients that backward passes have computed, of the value's shape; null before the first one, and always for
    /// variables that are neither watched nor told to <see cref="KeepGradient"/>. Freed with the tape. Its memory is its own: it may be
    /// changed in place, as by clipping, and nothing else changes.
    /// </summary>
    public Variable? Gradient { get; private set; }

    /// <summary>The function whose output this is; null for variables that were given, not computed.</summary>
    internal Function? Source { get; set; }

    /// <summary>Whether a backward pass leaves the value in memory.</summary>
    internal bool IsKept { get; private set; }

    /// <summary>The value's <see cref="Tensor.Version"/> now.</summary>
    internal long Version => _value.Version;

    /// <summary>The same when the variable was made.</summary>
    internal long VersionWhenMade { get; }

    /// <summary>Whether its value is gone.</summary>
    internal bool IsFreed => _value.IsDisposed;

    /// <summary>Whether the gradient of a backward pass goes through hooks.</summary>
    internal bool HasHooks => _hooks is { Count: > 0 };

    /// <summary>Gives the variable a name for messages.</summary>
    /// <returns>This variable.</returns>
    public Variable Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        return this;
    }

    /// <summary>
    /// Keeps the value readable after a backward pass, which otherwise frees intermediate values when it is done with them.
    /// </summary>
    /// <returns>This variable.</returns>
    public Variable Keep()
    {
        IsKept = true;
        return this;
    }

    /// <summary>
    /// Has <see cref="Autograd.Tape.Backward(Variable, Variable?, bool, bool)"/> leave a <see cref="Gradient"/> here too, though the variable
    /// is computed, not watched. Until the tape is cleared; as PyTorch's <c>retain_grad</c>.
    /// </summary>
    /// <returns>This variable.</returns>
    /// <exception cref="GraphException">No gradient flows to it.</exception>
    public Variable KeepGradient()
    {
        RequireGradient("keep gradient");
        Tape.KeepGradientOf(this);
        return this;
    }

    /// <summary>
    /// Calls back with the gradient of this variable in each backward pass, when it is complete and before it goes on: to the function that
    /// computed the variable, or to <see cref="Gradient"/> and the results of
    /// <see cref="Autograd.Tape.Gradients(Variable, IReadOnlyList{Variable}, Variable?, bool, bool)"/>. Several hooks follow each other in
    /// the order in which they were set. As PyTorch's <c>register_hook</c>.
    /// </summary>
    /// <param name="change">
    /// Gets the gradient; gives another in its place, of its shape and type, such as <c>gradient =&gt; gradient * 0.5</c>, or null to leave
    /// it. It must not change the gradient in place. What it computes is recorded if the pass is.
    /// </param>
    /// <returns>The hook: it is removed when it is disposed.</returns>
    /// <exception cref="GraphException">No gradient flows to the variable.</exception>
    public IDisposable OnGradient(Func<Variable, Variable?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        RequireGradient("hook");
        var hook = new GradientHook(this, change);
        (_hooks ??= []).Add(hook);
        return hook;
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

    /// <summary>A gradient after all hooks.</summary>
    internal Variable Hooked(Variable gradient)
    {
        foreach (GradientHook hook in _hooks?.ToArray() ?? [])
            gradient = hook.Apply(gradient);
        return gradient;
    }

    /// <summary>Takes a hook off.</summary>
    internal void Remove(GradientHook hook) => _hooks?.Remove(hook);

    /// <summary>From now on the value may be read only if it still has this version: the backward pass of a function relies on it.</summary>
    internal void Expect(Function reader, long version) => (_reader, _versionForReader) = (reader, version);

    /// <summary>From now on the value may be read whatever it is.</summary>
    internal void ExpectAnything() => _reader = null;

    /// <summary>Adds to the gradient.</summary>
    internal void Accumulate(Variable gradient) => Gradient = Gradient is null ? gradient : GradientSumFunction.Apply(Gradient, gradient);

    private void RequireGradient(string purpose)
    {
        Tape.ThrowIfDisposed();
        BackwardPass.ThrowIfFreed(this);
        if (!RequiresGradient)
        {
            throw new GraphException(
                $"{purpose}: no gradient flows to the variable {Shape}: it is a constant, or computed from constants only. "
                + "Make it, or what it is computed from, with tape.Watch(tensor), and compute outside NoGradient().");
        }
    }

    private TensorDisposedException Freed()
    {
        string subject = $"the value of {Name ?? "a variable"} of shape {Shape}{FunctionText.Origin(this)}";
        return new TensorDisposedException(
            Tape.IsDisposed ? $"{subject} was freed with its tape, which has been disposed. Read values before, or tensor.Share() them."
            : Source is { IsCleared: true } ? $"{subject} was freed by tape.Clear(). Read values before, or tensor.Share() them."
            : $"{subject} has been freed, by a backward pass or with its tape. "
                + "Call Keep() on the variable or pass keepGraph: true to read it after Backward.");
    }
}
