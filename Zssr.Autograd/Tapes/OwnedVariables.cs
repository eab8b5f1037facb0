namespace Zssr.Autograd;

/// <summary>The variables that a tape frees, oldest first: those that functions have computed, and constants.</summary>
/// <remarks>
/// Who owns what. A tensor counts its owners (<see cref="Tensors.Tensor.Share"/>); its memory is free again when the last one lets go. A
/// variable is one owner of its value, and one thing alone disposes each variable. Mostly that is the tape, when it is cleared or disposed.
/// It keeps watched variables apart, since they outlive a step, and lists all others here: what functions compute, what
/// <see cref="Tape.Constant"/> shares with the caller, and what <see cref="Tape.Adopt"/> takes over from a function. A backward pass
/// intervenes twice. Whatever a function's Backward makes lands at the end of this list: the gradients of inputs leave it
/// (<see cref="Remove"/>) and belong to the pass (<see cref="PendingGradients"/>) until they are used up, and the rest is freed at once
/// (<see cref="DisposeSince"/>). And unless the graph is kept, the pass disposes each function's output when it is done with it;
/// <see cref="Variable.Keep"/> forbids that. Gradients that the caller asked for come back to this list.
/// </remarks>
internal sealed class OwnedVariables
{
    private readonly List<Variable> _variables = [];

    /// <summary>How many there are; with <see cref="DisposeSince"/>, brackets a stretch of work.</summary>
    public int Count => _variables.Count;

    /// <summary>Makes the tape the owner of a variable.</summary>
    /// <returns>The variable.</returns>
    public Variable Add(Variable variable)
    {
        _variables.Add(variable);
        return variable;
    }

    /// <summary>Leaves a variable to the caller if it was added since <see cref="Count"/> was <paramref name="mark"/>.</summary>
    /// <returns>Whether it was.</returns>
    public bool Remove(Variable variable, int mark)
    {
        for (int i = _variables.Count - 1; i >= mark; i--)
        {
            if (ReferenceEquals(_variables[i], variable))
            {
                _variables.RemoveAt(i);
                return true;
            }
        }

        return false;
    }

    /// <summary>Frees the variables added since <see cref="Count"/> was <paramref name="mark"/>.</summary>
    public void DisposeSince(int mark)
    {
        for (int i = mark; i < _variables.Count; i++)
            _variables[i].Dispose();
        _variables.RemoveRange(mark, _variables.Count - mark);
    }
}
