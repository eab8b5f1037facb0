using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// The gradients on their way in a backward pass: for each variable that the pass has not come to yet, the sum of what the functions that
/// use it have brought so far. Each is memory of its own, or an owner of its own of memory that several share.
/// </summary>
/// <param name="tape">The tape.</param>
/// <param name="gradients">Where they are kept; empty.</param>
/// <param name="isRecorded">Whether the pass is recorded: functions may need them then, and the tape frees them.</param>
internal sealed class PendingGradients(Tape tape, Dictionary<Variable, Variable> gradients, bool isRecorded)
{
    /// <summary>The gradient of a variable so far; null where none has come.</summary>
    public Variable? Of(Variable variable) => gradients.GetValueOrDefault(variable);

    /// <summary>Adds to the gradient of a variable.</summary>
    /// <param name="variable">Whose gradient it is.</param>
    /// <param name="gradient">What is added.</param>
    /// <param name="mark">Variables that the tape has owned from here on were made for this alone, and may be taken.</param>
    public void Add(Variable variable, Variable gradient, int mark)
    {
        BackwardPass.ThrowIfFreed(variable);
        bool isFirst = !gradients.TryGetValue(variable, out Variable? sum);
        if (isRecorded)
        {
            gradients[variable] = isFirst ? gradient : GradientSumFunction.Apply(sum!, gradient);
        }
        else if (isFirst)
        {
            // A function may pass its own gradient on as it is, to several inputs even: each pending gradient is an owner of its own.
            gradients[variable] = tape.Owned.Remove(gradient, mark)
                ? gradient : new Variable(tape, gradient.Value.Share(), requiresGradient: false);
        }
        else
        {
            gradients[variable] = new Variable(tape, Elementwise.Add(sum!.Value, gradient.Value), requiresGradient: false);
            sum.Dispose();
        }
    }

    /// <summary>The gradient of a variable, complete, after the variable's hooks. Null where none has come.</summary>
    /// <param name="variable">Whose gradient it is.</param>
    /// <param name="mark">Variables that the tape has owned from here on were made for this alone, and may be taken.</param>
    public Variable? Complete(Variable variable, int mark)
    {
        if (Of(variable) is not { } gradient || !variable.HasHooks)
            return Of(variable);
        Variable changed = variable.Hooked(gradient);
        if (ReferenceEquals(changed, gradient))
            return gradient;
        Drop(variable);
        Add(variable, changed, mark);
        return Of(variable);
    }

    /// <summary>
    /// The gradient of a variable, in memory of its own, which the caller may keep; null where the root does not depend on it.
    /// </summary>
    public Variable? Take(Variable variable)
    {
        if (!gradients.Remove(variable, out Variable? gradient))
            return null;

        // One tensor may be the gradient of several variables (z = x + y gives dz to both), or the caller's own seed. Whoever changes a
        // gradient in place, as clipping does, means that one alone.
        if (isRecorded)
            return CopyFunction.Apply(gradient).Keep();
        if (!gradient.Value.IsShared)
            return tape.Owned.Add(gradient).Keep();
        using Variable shared = gradient;
        return tape.Adopt(shared.Value.To(shared.DType)).Keep();
    }

    /// <summary>Forgets the gradient of a variable that nothing will ask for again.</summary>
    public void Drop(Variable variable)
    {
        if (gradients.Remove(variable, out Variable? gradient) && !isRecorded)
            gradient.Dispose();
    }

    /// <summary>Forgets all that nobody has taken.</summary>
    public void Clear()
    {
        if (!isRecorded)
        {
            foreach (Variable gradient in gradients.Values)
                gradient.Dispose();
        }

        gradients.Clear();
    }
}
