using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x · a. Backward: dx = dy · a.</summary>
public sealed class MultiplyScalarFunction : UnaryFunction
{
    private readonly double _a;

    private MultiplyScalarFunction(double a) => _a = a;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("a", _a)];

    /// <summary>y = x · a for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x, double a) => Run(new MultiplyScalarFunction(a), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Multiply(x, _a);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy * _a;
}
