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
    private readonly Variable[] _ofOneOutput = new Variable[1];
    private IReadOnlyList<Variable> _roots = [];

    /// <summary>Sets the gradients of the roots: those of a sum of all, weighted with their seeds.</summary>
    /// <param name="roots">One at least; several may depend on each other, or be the same.</param>
    /// <param name="seeds">For each root its gradient, or null for 1; null for all of them.</param>
    public void Start(IReadOnlyList<Variable> roots, IReadOnlyList<Variable?>? seeds)
    {
        Roots.Validate(tape, roots, seeds);
        _roots = roots;
        int mark = tape.Owned.Count;
        for (int i = 0; i < roots.Count; i++)
        {
            Variable root = roots[i];
            Variable seed = seeds?[i] ?? tape.Adopt(Tensor.Full(root.Value.Device, root.Shape, 1, root.DType));
            _gradients.Add(root, seed, mark);
        }
    }

    /// <summary>Walks from the last root to the tape's start.</summary>
    public void Run()
    {
        using IDisposable? noGradient = createGraph ? null : tape.NoGradient();
        int last = -1;
        foreach (Variable root in _roots)
            last = Math.Max(last, root.Source?.Index ?? -1);
        for (int i = last; i >= 0; i--)
        {
            if (!tape.Records[i].IsReleased)
                Step(tape.Records[i]);
        }
    }

    /// <summary>
    /// The gradient of a variable, in memory of its own, which the caller may keep; null where the root does not depend on it.
    /// </summary>
    public Variable? Take(Variable variable)
    {
        // Hooks of a computed variable have had their turn on the way.
        if (variable.Source is null && variable.HasHooks)
        {
            using IDisposable? noGradient = createGraph ? null : tape.NoGradient();
            int mark = tape.Owned.Count;
            _gradients.Complete(variable, mark);
            if (!createGraph)
                tape.Owned.DisposeSince(mark);
        }

        return _gradients.Take(variable);
    }

    public void Dispose()
    {
        _gradients.Clear();
        tape.EndPass();
    }

    /// <summary>Throws where what a variable was computed from has been freed.</summary>
    public static void ThrowIfFreed(Variable variable)
    {
        if (variable.Source is not { IsReleased: true } freed)
            return;
        throw new GraphException(freed.IsCleared
            ? $"backward: the graph of {FunctionText.Of(freed)} was freed by tape.Clear(). Go backward before, or compute anew after it."
            : $"backward: the graph of {FunctionText.Of(freed)} has been freed by an earlier pass. Pass keepGraph: true to that pass.");
    }

    /// <summary>Carries the gradients of a function's outputs on to its inputs, and lets go of what only that needed.</summary>
    private void Step(Function function)
    {
        int mark = tape.Owned.Count;
        if (OutputGradients(function, mark) is not { } dy)
            return;
        ApplyChainRule(function, dy, mark);
        FreeWhatIsDone(function, mark);
    }

    /// <summary>The gradients of a function's outputs, complete; null where the roots depend on none of them.</summary>
    private Variable[]? OutputGradients(Function function, int mark)
    {
        Variable?[] gradients = function.OutputCount == 1 ? _ofOneOutput : new Variable?[function.OutputCount];
        bool hasAny = false;
        for (int k = 0; k < gradients.Length; k++)
            hasAny |= (gradients[k] = _gradients.Complete(function.OutputAt(k), mark)) is not null;
        if (!hasAny)
            return null;
        for (int k = 0; k < gradients.Length; k++)
        {
            Variable y = function.OutputAt(k);
            gradients[k] ??= tape.Adopt(Tensor.Zeros(y.Value.Device, y.Shape, y.DType));
        }

        return gradients!;
    }

    /// <summary>
    /// The chain rule. For y = f(x₁, x₂, …), ∂root/∂xⱼ grows by ∂root/∂y · ∂y/∂xⱼ, and that product is what f's Backward gives.
    /// </summary>
    /// <param name="f">The function.</param>
    /// <param name="dy">∂root/∂y, the gradient of its output; of each where there are several.</param>
    /// <param name="mark">Variables that the tape has owned from here on were made for this step alone.</param>
    private void ApplyChainRule(Function f, Variable[] dy, int mark)
    {
        IReadOnlyList<Variable?> dx = BackwardOf(f, dy);
        for (int j = 0; j < dx.Count; j++)
        {
            if (dx[j] is not { } product || !f.Inputs[j].RequiresGradient)
                continue;
            InputGradient.Validate(f, j, product);
            _gradients.Add(f.Inputs[j], product, mark);
            if (tape.StopsAtNaN)
                FiniteCheck.Gradient(f, dy, j, product, _gradients.Of(f.Inputs[j])!);
        }
    }

    private IReadOnlyList<Variable?> BackwardOf(Function function, Variable[] dy)
    {
        if (createGraph && !function.IsTwiceDifferentiable)
        {
            throw new GraphException(
                $"{function.Name} has no second derivative: its backward pass cannot be recorded. Call it without createGraph.");
        }

        if (tape.Observer is not { } observer)
            return function.RunBackward(dy);
        IReadOnlyList<Variable?> gradients = FinishedTime.Of(dy[0].Value.Device, () => function.RunBackward(dy), out TimeSpan time);
        observer.WentBackward(function, dy[0], gradients, time);
        return gradients;
    }

    /// <summary>
    /// Frees what nothing to come will ask for: what Backward has made on the way, the gradients of the outputs, and, unless the graph is
    /// kept, the outputs.
    /// </summary>
    private void FreeWhatIsDone(Function function, int mark)
    {
        if (!createGraph)
            tape.Owned.DisposeSince(mark);
        for (int k = 0; k < function.OutputCount; k++)
        {
            Variable y = function.OutputAt(k);
            if (_wanted is null || !_wanted.Contains(y))
                _gradients.Drop(y);
            if (!keepGraph && !createGraph && !y.IsKept && !IsRoot(y))
                y.Dispose();
        }

        if (!keepGraph && !createGraph)
            function.Release();
    }

    private bool IsRoot(Variable y)
    {
        for (int i = 0; i < _roots.Count; i++)
        {
            if (ReferenceEquals(_roots[i], y))
                return true;
        }

        return false;
    }
}
