using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// One walk over the tape from its end to its start. Every function that the root depends on is met after all functions that
/// use its output, so by then the gradient of its output is complete: the sum of what those brought.
/// </summary>
internal sealed class BackwardPass(Tape tape, bool keepGraph, bool createGraph) : IDisposable
{
    private readonly Dictionary<Variable, Variable> _pending = tape.BeginPass();
    private HashSet<Variable>? _wanted;
    private Variable? _root;

    private bool FreesGraph => !keepGraph && !createGraph;

    /// <summary>The gradient of this variable will be taken, though it may be an intermediate one.</summary>
    public void Want(Variable variable) => (_wanted ??= []).Add(variable);

    /// <summary>Sets the gradient of the root.</summary>
    public void Start(Variable root, Variable? seed)
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
        _root = root;
        if (seed is not null)
        {
            Add(root, seed, tape.OwnedCount);
            return;
        }

        using Tensor one = Tensor.Full(root.Value.Device, root.Shape, 1, root.DType);
        if (createGraph)
            Add(root, tape.Constant(one), tape.OwnedCount);
        else
            _pending.Add(root, new Variable(tape, one.Share(), requiresGradient: false));
    }

    /// <summary>Walks from the root to the tape's start.</summary>
    public void Run()
    {
        using IDisposable? noGradient = createGraph ? null : tape.NoGradient();
        for (int i = _root!.Source?.Index ?? -1; i >= 0; i--)
        {
            Function function = tape.Records[i];
            if (function.Output is { } output && _pending.ContainsKey(output))
                Step(function, output);
        }
    }

    /// <summary>
    /// The gradient of a variable, in memory of its own, which the caller owns from now on; null where the root does not depend on it.
    /// </summary>
    public Variable? Take(Variable variable)
    {
        if (!_pending.Remove(variable, out Variable? gradient))
            return null;

        // One tensor may be the gradient of several variables (z = x + y gives dz to both), or the caller's own seed. Whoever changes a
        // gradient in place, as clipping does, means that one alone.
        if (createGraph)
            return CopyFunction.Apply(gradient).Keep();
        if (!gradient.Value.IsShared)
            return tape.Own(gradient).Keep();
        using Variable shared = gradient;
        return tape.Adopt(shared.Value.To(shared.DType)).Keep();
    }

    public void Dispose()
    {
        // Where the pass is recorded, functions may need them; the tape frees them.
        if (!createGraph)
        {
            foreach (Variable gradient in _pending.Values)
                gradient.Dispose();
        }

        tape.EndPass();
    }

    /// <summary>Carries the gradient of a function's output on to its inputs.</summary>
    private void Step(Function function, Variable output)
    {
        if (createGraph && !function.IsTwiceDifferentiable)
        {
            throw new GraphException(
                $"{function.Name} has no second derivative: its backward pass cannot be recorded. Ask without createGraph.");
        }

        bool isWanted = _wanted is not null && _wanted.Contains(output);
        Variable dy = _pending[output];
        int mark = tape.OwnedCount;
        IReadOnlyList<Variable?> gradients = GradientsOf(function, dy);
        for (int j = 0; j < gradients.Count; j++)
        {
            if (gradients[j] is { } gradient && function.Inputs[j].RequiresGradient)
                Add(function.Inputs[j], gradient, mark);
        }

        if (!isWanted)
            _pending.Remove(output);
        if (createGraph)
            return;

        // What backward made on the way is not needed any more; the gradients live on in _pending.
        tape.DisposeSince(mark);
        if (!isWanted)
            dy.Dispose();
        if (!FreesGraph)
            return;
        function.Release();
        if (output != _root && !output.IsKept)
            output.Dispose();
    }

    private IReadOnlyList<Variable?> GradientsOf(Function function, Variable dy)
    {
        if (tape.Observer is not { } observer)
            return function.RunBackward(dy);
        IReadOnlyList<Variable?> gradients = FinishedTime.Of(dy.Value.Device, () => function.RunBackward(dy), out TimeSpan time);
        observer.WentBackward(function, dy, gradients, time);
        return gradients;
    }

    /// <summary>Adds to the gradient of a variable.</summary>
    /// <param name="variable">Whose gradient it is.</param>
    /// <param name="gradient">What is added.</param>
    /// <param name="mark">Variables that the tape has owned from here on were made for this alone.</param>
    private void Add(Variable variable, Variable gradient, int mark)
    {
        ThrowIfFreed(variable);
        if (gradient.Shape != variable.Shape)
        {
            throw new ShapeException(
                $"backward: a gradient of shape {gradient.Shape} came for a variable of shape {variable.Shape}. They must be equal.");
        }

        if (gradient.DType != variable.DType)
        {
            throw new DTypeException(
                $"backward: a {gradient.DType.Name()} gradient came for a {variable.DType.Name()} variable {variable.Shape}. "
                + "They must be equal.");
        }

        if (createGraph)
        {
            _pending[variable] = _pending.TryGetValue(variable, out Variable? known) ? known + gradient : gradient;
            return;
        }

        if (_pending.TryGetValue(variable, out Variable? sum))
        {
            _pending[variable] = new Variable(tape, Elementwise.Add(sum.Value, gradient.Value), requiresGradient: false);
            sum.Dispose();
        }
        else
        {
            // A function may pass its own gradient on as it is, to several inputs even: each pending gradient is an owner of its own.
            _pending[variable] = tape.Disown(gradient, mark)
                ? gradient : new Variable(tape, gradient.Value.Share(), requiresGradient: false);
        }
    }

    private static void ThrowIfFreed(Variable variable)
    {
        if (variable.Source is { IsReleased: true } freed)
        {
            throw new GraphException(
                $"backward: the graph behind {freed.Name} has been freed by an earlier pass. Pass keepGraph: true to that one.");
        }
    }
}
