using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// An element-wise function of two variables: z = f(x, y), where y has x's shape, or [C] for one number a channel (the last axis of x).
/// </summary>
public abstract class BinaryFunction : Function
{
    /// <summary>z = f(x, y), of x's shape.</summary>
    protected abstract Tensor Forward(Tensor x, Tensor y);

    /// <summary>The gradient of x, of x's shape, given that of z.</summary>
    protected abstract Variable BackwardX(Variable x, Variable y, Variable dz);

    /// <summary>The gradient of y, given that of z: of x's shape, even where y is [C]; the caller then sums it over the pixels.</summary>
    protected abstract Variable BackwardY(Variable x, Variable y, Variable dz);

    /// <inheritdoc/>
    protected sealed override Tensor Forward() => Forward(Inputs[0].Value, Inputs[1].Value);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        Variable dz = dy; // the base class calls the output y
        (Variable x, Variable y) = (Inputs[0], Inputs[1]);
        Variable? dx = NeedsGradient(0) ? BackwardX(x, y, dz) : null;
        if (!NeedsGradient(1))
            return [dx, null];
        Variable perElement = BackwardY(x, y, dz);
        return [dx, perElement.Shape == y.Shape ? perElement : SumChannelsFunction.Apply(perElement)];
    }
}
