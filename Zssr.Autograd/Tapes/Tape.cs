using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// Records a computation and differentiates it in reverse (reverse-mode automatic differentiation). A tape holds one training step;
/// <see cref="Clear"/> makes it ready for the next.
/// <code>
/// using var tape = new Tape();
/// Variable w = tape.Watch(weights), x = tape.Constant(image);
/// Variable loss = L1LossFunction.Apply(Conv2dFunction.Apply(x, w, padding: 1), tape.Constant(target));
/// tape.Backward(loss);                 // now w.Gradient holds ∂loss/∂w
/// </code>
/// </summary>
/// <remarks>
/// The tape owns every variable made on it and frees their memory when it is disposed; tensors given to it stay their owner's. For who
/// owns what, see <see cref="OwnedVariables"/>. One tape belongs to one thread at a time.
/// </remarks>
public sealed class Tape : IDisposable
{
    private readonly List<Function> _records = [];
    private readonly Dictionary<Tensor, Variable> _watched = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, Variable> _pending = [];
    private IReadOnlyDictionary<Tensor, Variable>? _substitutes;
    private readonly List<Variable> _keepers = [];
    private readonly RecordingScope _recording = new();

    /// <summary>Whether functions are recorded at the moment; false within <see cref="NoGradient"/>.</summary>
    public bool IsRecording => _recording.IsRecording;

    /// <summary>
    /// Whether each function that is recorded remembers the line of C# that applied it (<see cref="Function.Line"/>), for looking at the
    /// graph. Off unless asked for: it walks the call stack at every operation.
    /// </summary>
    public bool RemembersLines { get; init; }

    /// <summary>Told of all that is recorded and of all gradients, for looking inside. Slows the tape: it waits for the device each time.</summary>
    public ITapeObserver? Observer { get; init; }

    /// <summary>
    /// Whether the first function whose value, or whose gradient, is infinite or NaN stops the computation: with a
    /// <see cref="GraphException"/> that names it, its line, and whether what it was given was finite. For finding out where a training goes
    /// astray; it reads a number from the device for each function, and remembers lines. As PyTorch's <c>detect_anomaly</c>.
    /// </summary>
    public bool StopsAtNaN { get; init; }

    /// <summary>How many functions are recorded and not yet freed.</summary>
    public int RecordCount => _records.Count(function => !function.IsReleased);

    /// <summary>The functions recorded so far, oldest first; functions that a backward pass has freed have lost their inputs.</summary>
    internal IReadOnlyList<Function> Records => _records;

    /// <summary>Gives the variable that stands for a tensor when it is watched first; null: a variable of its own.</summary>
    internal Func<Tape, Tensor, Variable>? Lender { get; init; }

    /// <summary>A scope in which everything is recorded, also within <see cref="NoGradient"/>.</summary>
    internal IDisposable Recorded() => _recording.With();

    /// <summary>Whether a backward pass is running.</summary>
    internal bool IsGoingBackward { get; private set; }

    /// <summary>Whether it has been disposed.</summary>
    internal bool IsDisposed { get; private set; }

    /// <summary>The variables that are freed with the tape, but for the watched ones.</summary>
    internal OwnedVariables Owned { get; } = new();

    /// <summary>A variable whose gradient is wanted, such as a weight. The same tensor always gives the same variable.</summary>
    public Variable Watch(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ThrowIfDisposed();
        if (_substitutes is not null && _substitutes.TryGetValue(value, out Variable? substitute))
            return substitute;
        if (!_watched.TryGetValue(value, out Variable? variable))
            _watched.Add(value, variable = Lender?.Invoke(this, value) ?? new Variable(this, value.Share(), requiresGradient: true).Keep());
        return variable;
    }

    /// <summary>
    /// Runs compute while <see cref="Watch"/> returns other variables for some tensors. So a module can be evaluated with computed
    /// parameters, such as those after a step of training; as by PyTorch's <c>torch.func.functional_call</c>.
    /// </summary>
    /// <param name="substitutes">For each such tensor the variable of this tape that stands for it, of the same shape.</param>
    /// <param name="compute">What is computed.</param>
    public Variable With(IEnumerable<(Tensor Tensor, Variable Variable)> substitutes, Func<Variable> compute)
    {
        ArgumentNullException.ThrowIfNull(substitutes);
        ArgumentNullException.ThrowIfNull(compute);
        IReadOnlyDictionary<Tensor, Variable>? before = _substitutes;
        var replaced = new Dictionary<Tensor, Variable>(ReferenceEqualityComparer.Instance);
        foreach ((Tensor tensor, Variable variable) in substitutes)
            replaced.Add(tensor, variable);
        _substitutes = replaced;
        try
        {
            return compute();
        }
        finally
        {
            _substitutes = before;
        }
    }

    /// <summary>
    /// From now on a variable stands for a tensor, whenever that is watched: for a tape that runs a part of another one's computation.
    /// </summary>
    internal void WatchAs(Tensor tensor, Variable variable) => _watched[tensor] = variable;

    /// <summary>A variable whose gradient is not wanted, such as an image.</summary>
    public Variable Constant(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ThrowIfDisposed();
        return Owned.Add(new Variable(this, value.Share(), requiresGradient: false).Keep());
    }

    /// <summary>
    /// A scope in which nothing is recorded, so that intermediate values can be disposed at once:
    /// <c>using (tape.NoGradient()) { … }</c>.
    /// </summary>
    public IDisposable NoGradient() => _recording.Without();

    /// <summary>
    /// Computes ∂root/∂v for every watched variable v that root depends on, and adds it to <see cref="Variable.Gradient"/>.
    /// </summary>
    /// <remarks>
    /// Every gradient is memory of its own, shared neither with another gradient nor with the seed. Where a function or an observer throws,
    /// no gradient has changed and the tape can be used on; but what the pass had freed by then, without keepGraph, is gone.
    /// </remarks>
    /// <param name="root">What is differentiated: a single number, such as a loss, unless a seed is given.</param>
    /// <param name="seed">The gradient of root itself, of its shape; 1 if not given.</param>
    /// <param name="keepGraph">Keep what is recorded, to go backward again; otherwise it is freed on the way.</param>
    /// <param name="createGraph">Record the backward pass too, so that gradients can be differentiated. Implies keepGraph.</param>
    /// <exception cref="ShapeException">root is not a single number and there is no seed, or the seed has another shape.</exception>
    /// <exception cref="GraphException">
    /// root depends on no watched variable, its graph has been freed, a value that a function's backward pass reads was changed in place since
    /// it was recorded, or the call comes from within a backward pass on this tape.
    /// </exception>
    public void Backward(Variable root, Variable? seed = null, bool keepGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(root);
        Backward([root], seed is null ? null : [seed], keepGraph, createGraph);
    }

    /// <summary>The same for several roots in one pass: ∂(Σ seedᵢ · rootᵢ)/∂v. What they share is gone through once.</summary>
    /// <param name="roots">What is differentiated; single numbers where there is no seed.</param>
    /// <param name="seeds">The gradient of each root, of its shape; null for 1.</param>
    /// <param name="keepGraph">Keep what is recorded, to go backward again; otherwise it is freed on the way.</param>
    /// <param name="createGraph">Record the backward pass too, so that gradients can be differentiated. Implies keepGraph.</param>
    /// <inheritdoc cref="Backward(Variable, Variable?, bool, bool)"/>
    public void Backward(
        IReadOnlyList<Variable> roots, IReadOnlyList<Variable?>? seeds = null, bool keepGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(roots);
        using IDisposable? recorded = createGraph ? Recorded() : null;
        using var pass = new BackwardPass(this, keepGraph, createGraph, wanted: _keepers.Count > 0 ? _keepers : null);
        pass.Start(roots, seeds);
        pass.Run();
        foreach (Variable variable in _watched.Values.Concat(_keepers).ToArray())
        {
            if (pass.Take(variable) is { } gradient)
                variable.Accumulate(gradient);
        }
    }

    /// <summary>∂root/∂v for the given variables only, leaving <see cref="Variable.Gradient"/> as it is.</summary>
    /// <param name="root">What is differentiated: a single number, such as a loss, unless a seed is given.</param>
    /// <param name="inputs">The variables v: watched ones, and others that depend on watched ones.</param>
    /// <param name="seed">The gradient of root itself, of its shape; 1 if not given.</param>
    /// <param name="keepGraph">Keep what is recorded, to go backward again; otherwise it is freed on the way.</param>
    /// <param name="createGraph">Record the backward pass too, so that gradients can be differentiated. Implies keepGraph.</param>
    /// <returns>A gradient for each input; null where root does not depend on it.</returns>
    /// <exception cref="GraphException">
    /// As <see cref="Backward(Variable, Variable?, bool, bool)"/>; or an input is a constant, or computed from constants only.
    /// </exception>
    /// <inheritdoc cref="Backward(Variable, Variable?, bool, bool)"/>
    public Variable?[] Gradients(
        Variable root, IReadOnlyList<Variable> inputs, Variable? seed = null, bool keepGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(root);
        return Gradients([root], inputs, seed is null ? null : [seed], keepGraph, createGraph);
    }

    /// <summary>The same for several roots in one pass: ∂(Σ seedᵢ · rootᵢ)/∂v.</summary>
    /// <param name="roots">What is differentiated; single numbers where there is no seed.</param>
    /// <param name="inputs">The variables v: watched ones, and others that depend on watched ones.</param>
    /// <param name="seeds">The gradient of each root, of its shape; null for 1.</param>
    /// <param name="keepGraph">Keep what is recorded, to go backward again; otherwise it is freed on the way.</param>
    /// <param name="createGraph">Record the backward pass too, so that gradients can be differentiated. Implies keepGraph.</param>
    /// <inheritdoc cref="Gradients(Variable, IReadOnlyList{Variable}, Variable?, bool, bool)"/>
    public Variable?[] Gradients(
        IReadOnlyList<Variable> roots, IReadOnlyList<Variable> inputs, IReadOnlyList<Variable?>? seeds = null,
        bool keepGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(inputs);
        using IDisposable? recorded = createGraph ? Recorded() : null;
        using var pass = new BackwardPass(this, keepGraph, createGraph, wanted: inputs);
        Roots.ValidateInputs(this, inputs);
        pass.Start(roots, seeds);
        pass.Run();
        var gradients = new Dictionary<Variable, Variable?>();
        foreach (Variable input in inputs.Distinct())
            gradients.Add(input, pass.Take(input));
        return [.. inputs.Select(input => gradients[input])];
    }

    /// <summary>
    /// Forgets everything recorded and frees all variables but the watched ones, which lose their gradients: the next step finds the tape as
    /// good as new, without asking for memory again.
    /// </summary>
    /// <exception cref="GraphException">The call comes from within a backward pass on this tape.</exception>
    public void Clear()
    {
        if (IsGoingBackward)
            throw new GraphException("clear: a backward pass is running on this tape, and this call comes from within it. Call it afterwards.");
        foreach (Variable variable in _watched.Values)
            variable.ClearGradient();
        _keepers.Clear();
        Owned.DisposeSince(0);
        foreach (Function function in _records)
            function.Release(isCleared: true);
        _records.Clear();
    }

    /// <summary>Frees every variable of this tape.</summary>
    public void Dispose()
    {
        Clear();
        foreach (Variable variable in _watched.Values)
            variable.Dispose();
        _watched.Clear();
        IsDisposed = true;
    }

    /// <summary>Throws once the tape has been disposed: nothing would free what is made on it.</summary>
    internal void ThrowIfDisposed()
    {
        if (IsDisposed)
            throw new GraphException("the tape has been disposed. Between steps call Clear instead; dispose it after its last use.");
    }

    /// <summary>Begins a backward pass, the only one until <see cref="EndPass"/>.</summary>
    /// <param name="isRecorded">Whether the pass itself is recorded.</param>
    /// <returns>A place for gradients on their way, empty.</returns>
    /// <exception cref="GraphException">One is running.</exception>
    internal PendingGradients BeginPass(bool isRecorded)
    {
        ThrowIfDisposed();
        if (IsGoingBackward)
        {
            throw new GraphException(
                "backward: another backward pass is running on this tape, and this call comes from within it: from an observer, or from a "
                + "function's Backward. Call it when that pass has returned, or compute on a tape of its own: new Tape().");
        }

        IsGoingBackward = true;
        return new PendingGradients(this, _pending, isRecorded);
    }

    /// <summary>Ends the backward pass that is running, whether it came to its end or not.</summary>
    internal void EndPass() => IsGoingBackward = false;

    /// <summary>Has backward passes leave the gradient of a computed variable in it, until the tape is cleared.</summary>
    internal void KeepGradientOf(Variable variable)
    {
        if (variable.Source is not null && !_keepers.Contains(variable))
            _keepers.Add(variable);
    }

    /// <summary>A constant that takes a new tensor over, without another owner of it: what a function has computed in tensors.</summary>
    internal Variable Adopt(Tensor value)
    {
        ThrowIfDisposed();
        return Owned.Add(new Variable(this, value, requiresGradient: false));
    }

    /// <summary>Adds a function to the record.</summary>
    internal void Record(Function function)
    {
        function.Index = _records.Count;
        if (RemembersLines || StopsAtNaN)
            function.Line = SourceLine.OfCaller();
        _records.Add(function);
    }
}
