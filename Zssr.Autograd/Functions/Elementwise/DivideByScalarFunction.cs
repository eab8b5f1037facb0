using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x / a. Backward: dx = dy / a.</summary>
public sealed class DivideByScalarFunction : UnaryFunction
{
    private readonly double _a;

    private DivideByScalarFunction(double a) => _a = a;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("a", _a)];

    /// <summary>y = x / a, of x's shape.</summary>
    public static Variable Apply(Variable x, double a) => Run(new DivideByScalarFunction(a), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Divide(x, _a);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy / _a;
}
