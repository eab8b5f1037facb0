using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// An element-wise function of two variables: z = f(x, y). Shapes go together by NumPy's rules: axes are matched from the last one backward;
/// where one has size 1, or none any more, it is repeated.
/// </summary>
/// <remarks>
/// Equal shapes, and one number for each channel (y of shape [C], the last axis of x), are computed as they are; otherwise what is shorter
/// is repeated first (<see cref="ExpandFunction"/>).
/// </remarks>
public abstract class BinaryFunction : Function
{
    /// <summary>Runs a function on two variables whose shapes go together.</summary>
    /// <exception cref="ShapeException">They do not; the message names the axis.</exception>
    protected static Variable Run(BinaryFunction function, Variable x, Variable y)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        bool isPerChannel = y.Shape.Rank == 1 && x.Shape.Rank > 1 && y.Shape[0] == x.Shape[^1];
        if (x.Shape == y.Shape || isPerChannel)
            return Function.Run(function, x, y);
        Shape common = AxisList.Common(function.Name, x.Shape, y.Shape);
        return Function.Run(function, ExpandFunction.Apply(x, common), ExpandFunction.Apply(y, common));
    }

    /// <summary>z = f(x, y), of x's shape; y has that shape too, or [C].</summary>
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
