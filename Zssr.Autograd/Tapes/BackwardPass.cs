using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// One walk over the tape from its end to its start. Every function that the root depends on is met after all functions that
/// use its output, so by then the gradient of its output is complete: the sum of what those brought.
/// </summary>
/// <param name="tape">The tape.</param>
/// <param name="keepGraph">Whether functions keep what they remember, for another pass.</param>
/// <param name="createGraph">Whether the pass is recorded in turn.</param>
/// <param name="wanted">Intermediate variables whose gradients will be taken as well; null for none.</param>
internal sealed class BackwardPass(Tape tape, bool keepGraph, bool createGraph, IEnumerable<Variable>? wanted = null) : IDisposable
{
    private readonly PendingGradients _gradients = tape.BeginPass(isRecorded: createGraph);
    private readonly HashSet<Variable>? _wanted = wanted?.ToHashSet();
    private Variable? _root;

    /// <summary>Sets the gradient of the root.</summary>
    public void Start(Variable root, Variable? seed)
    {
        Validate(root, seed);
        _root = root;
        int mark = tape.Owned.Count;
        _gradients.Add(root, seed ?? tape.Adopt(Tensor.Full(root.Value.Device, root.Shape, 1, root.DType)), mark);
    }

    /// <summary>Walks from the root to the tape's start.</summary>
    public void Run()
    {
        using IDisposable? noGradient = createGraph ? null : tape.NoGradient();
        for (int i = _root!.Source?.Index ?? -1; i >= 0; i--)
        {
            Function function = tape.Records[i];
            if (function.Output is { } y && _gradients.Of(y) is { } dy)
                Step(function, y, dy);
        }
    }

    /// <summary>
    /// The gradient of a variable, in memory of its own, which the caller may keep; null where the root does not depend on it.
    /// </summary>
    public Variable? Take(Variable variable) => _gradients.Take(variable);

    public void Dispose()
    {
        _gradients.Clear();
        tape.EndPass();
    }

    /// <summary>Throws where a backward pass has freed what a variable was computed from.</summary>
    public static void ThrowIfFreed(Variable variable)
    {
        if (variable.Source is { IsReleased: true } freed)
        {
            throw new GraphException(
                $"backward: the graph of {freed.Name} has been freed by an earlier pass. Pass keepGraph: true to that pass.");
        }
    }

    /// <summary>Carries the gradient of a function's output on to its inputs, and lets go of what only that needed.</summary>
    private void Step(Function function, Variable y, Variable dy)
    {
        int mark = tape.Owned.Count;
        ApplyChainRule(function, dy, mark);
        FreeWhatIsDone(function, y, mark);
    }

    /// <summary>
    /// The chain rule. For y = f(x₁, x₂, …), ∂root/∂xⱼ grows by ∂root/∂y · ∂y/∂xⱼ, and that product is what f's Backward gives.
    /// </summary>
    /// <param name="f">The function.</param>
    /// <param name="dy">∂root/∂y, the gradient of its output.</param>
    /// <param name="mark">Variables that the tape has owned from here on were made for this step alone.</param>
    private void ApplyChainRule(Function f, Variable dy, int mark)
    {
        IReadOnlyList<Variable?> dx = BackwardOf(f, dy);
        for (int j = 0; j < dx.Count; j++)
        {
            if (dx[j] is { } product && f.Inputs[j].RequiresGradient)
                _gradients.Add(f.Inputs[j], product, mark);
        }
    }

    private IReadOnlyList<Variable?> BackwardOf(Function function, Variable dy)
    {
        if (createGraph && !function.IsTwiceDifferentiable)
        {
            throw new GraphException(
                $"{function.Name} has no second derivative: its backward pass cannot be recorded. Call it without createGraph.");
        }

        if (tape.Observer is not { } observer)
            return function.RunBackward(dy);
        IReadOnlyList<Variable?> gradients = FinishedTime.Of(dy.Value.Device, () => function.RunBackward(dy), out TimeSpan time);
        observer.WentBackward(function, dy, gradients, time);
        return gradients;
    }

    /// <summary>
    /// Frees what nothing to come will ask for: what Backward has made on the way, the gradient of y, and, unless the graph is kept, y.
    /// </summary>
    private void FreeWhatIsDone(Function function, Variable y, int mark)
    {
        if (!createGraph)
            tape.Owned.DisposeSince(mark);
        if (_wanted is null || !_wanted.Contains(y))
            _gradients.Drop(y);
        if (keepGraph || createGraph)
            return;
        function.Release();
        if (y != _root && !y.IsKept)
            y.Dispose();
    }

    private void Validate(Variable root, Variable? seed)
    {
        if (root.Tape != tape)
            throw new GraphException("backward: the variable belongs to another tape. Call Backward on variable.Tape.");
        if (!root.RequiresGradient)
        {
            throw new GraphException(
                $"backward: the variable {root.Shape} depends on no watched variable. "
                + "Watch the weights with tape.Watch(tensor), outside NoGradient().");
        }

        if (seed is null && root.Shape.ElementCount != 1)
        {
            throw new ShapeException(
                $"backward: the variable has shape {root.Shape}; without a seed it must be a single number. "
                + "Take its sum or mean, or pass its gradient as seed.");
        }

        if (seed is not null && (seed.Tape != tape || seed.DType != root.DType))
        {
            throw new GraphException(
                $"backward: the seed must be on the variable's tape and of its type, {root.DType.Name()}. Make it with variable.Tape.Constant(tensor).");
        }

        if (seed is not null && seed.Shape != root.Shape)
            throw new ShapeException($"backward: the seed has shape {seed.Shape}, the variable {root.Shape}; they must be equal.");

        ThrowIfFreed(root);
    }
}
