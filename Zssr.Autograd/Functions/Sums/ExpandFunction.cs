using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y repeats x by NumPy's rules, see <see cref="Strided.Expand"/>. Backward: dx = the sum of dy over the repeated axes.</summary>
public sealed class ExpandFunction : UnaryFunction
{
    private readonly Shape _shape;

    private ExpandFunction(Shape shape) => _shape = shape;

    /// <summary>x repeated to a shape: along axes where it has size 1, and along those that it lacks at the front.</summary>
    /// <exception cref="ShapeException">An axis of x is neither 1 nor as long as the shape's, or there are more than the shape has.</exception>
    public static Variable Apply(Variable x, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Shape == shape ? x : Run(new ExpandFunction(shape), x);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Strided.Expand(x, _shape);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        int missing = dy.Shape.Rank - x.Shape.Rank;
        int[] repeated = [.. Enumerable.Range(0, dy.Shape.Rank).Where(axis =>
            axis < missing || (x.Shape[axis - missing] == 1 && dy.Shape[axis] != 1))];
        return SumAxesFunction.ToShape(dy, repeated, x.Shape);
    }
}
