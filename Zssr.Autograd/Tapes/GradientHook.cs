using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>What is to be done with the gradients of one variable (<see cref="Variable.OnGradient"/>), until it is disposed.</summary>
/// <param name="variable">Whose gradients.</param>
/// <param name="change">From a gradient to the one that takes its place, or to null, which leaves it.</param>
internal sealed class GradientHook(Variable variable, Func<Variable, Variable?> change) : IDisposable
{
    /// <summary>The gradient that goes on.</summary>
    public Variable Apply(Variable gradient)
    {
        long version = gradient.Version;
        Variable changed = change(gradient) ?? gradient;
        if (gradient.Version != version)
        {
            throw new GraphException(
                $"{Subject} has changed the gradient in place, and others may use it. Return a new one, such as gradient * 0.5.");
        }

        if (changed.Tape != gradient.Tape)
            throw new GraphException($"{Subject} gave a variable of another tape. Compute it from the gradient that it was given.");
        if (changed.Shape != gradient.Shape || changed.DType != gradient.DType)
        {
            throw new GraphException(
                $"{Subject} gave a gradient {changed.Shape} of {changed.DType.Name()}, in place of one {gradient.Shape} of {gradient.DType.Name()}. "
                + "Shape and type must stay.");
        }

        return changed;
    }

    /// <summary>Does nothing from now on.</summary>
    public void Dispose() => variable.Remove(this);

    private string Subject => $"backward: the hook on {variable.Name ?? "a variable"} {variable.Shape}{FunctionText.Origin(variable)}";
}
