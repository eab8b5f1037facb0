using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = a / x. Backward: dx = −dy · y / x.</summary>
public sealed class DivideScalarByFunction : UnaryFunction
{
    private readonly double _a;

    private DivideScalarByFunction(double a) => _a = a;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("a", _a)];

    /// <summary>y = a / x for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x, double a) => Run(new DivideScalarByFunction(a), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Divide(_a, x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => -(dy * y / x);
}
