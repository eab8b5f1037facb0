namespace Zssr.Autograd;

/// <summary>The variables that a tape frees, oldest first: those that functions have computed, and constants.</summary>
/// <remarks>
/// Who owns what. A tensor counts its owners (<see cref="Tensors.Tensor.Share"/>), and its memory goes back when the last of them has let
/// go. Every variable is an owner of its value, and every variable has one owner that disposes it. That is the tape, until it is cleared or
/// disposed: it lists here what functions compute, what <see cref="Tape.Constant"/> shares with the caller and what
/// <see cref="Tape.Adopt"/> takes over from a function; watched variables it keeps apart, as they outlive a step. A backward pass cuts in
/// twice. What the Backward of a function has made stands at the end of this list: gradients of inputs leave it
/// (<see cref="Remove"/>) and belong to the pass (<see cref="PendingGradients"/>) until used up, and all the rest is freed at once
/// (<see cref="DisposeSince"/>), not only with the tape. And where the graph is not kept, the pass frees each function's output when it is
/// done with it, unless <see cref="Variable.Keep"/> forbids that. The gradients that are asked for come back here.
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

    /// <summary>Leaves a variable to the caller, if it is among those added since <see cref="Count"/> was <paramref name="mark"/>.</summary>
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
