using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = the elements of x under another shape. Backward: dx = dy under x's shape.</summary>
public sealed class ReshapeFunction : UnaryFunction
{
    private readonly Shape _shape;

    private ReshapeFunction(Shape shape) => _shape = shape;

    /// <summary>The elements of x, in their order, under a shape with as many elements.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Variable Apply(Variable x, Shape shape) => Run(new ReshapeFunction(shape), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Reshape(_shape);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => Apply(dy, x.Shape);
}
