using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y repeats x over new leading axes: a single number everywhere, or [C] for every pixel. Backward: dx = the sum of dy over those axes.
/// </summary>
public sealed class BroadcastFunction : UnaryFunction
{
    private readonly Shape _shape;

    private BroadcastFunction(Shape shape) => _shape = shape;

    /// <summary>x, of shape [] or [C], repeated to a shape that ends in x's.</summary>
    /// <exception cref="ShapeException">x has more than one axis, or the shape does not end in x's.</exception>
    public static Variable Apply(Variable x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank > 1)
            throw new ShapeException($"broadcast: x has shape {x.Shape}; only a single number or one number a channel can be repeated.");
        return x.Shape == shape ? x : Run(new BroadcastFunction(shape), x);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Broadcast(x, _shape);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        x.Shape.Rank == 0 ? SumFunction.Apply(dy) : SumChannelsFunction.Apply(dy);
}
