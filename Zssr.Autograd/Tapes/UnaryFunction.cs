using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>A function of one variable: y = f(x).</summary>
public abstract class UnaryFunction : Function
{
    /// <summary>y = f(x).</summary>
    protected abstract Tensor Forward(Tensor x);

    /// <summary>The gradient of x, given that of y.</summary>
    protected abstract Variable Backward(Variable x, Variable y, Variable dy);

    /// <inheritdoc/>
    protected sealed override Tensor Forward() => Forward(Inputs[0].Value);

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<Variable?> Backward(Variable dy) =>
    [
        Backward(Inputs[0], Output!, dy)
            ?? throw new GraphException($"{Name}: backward gave null. Return the gradient of x, a variable of x's shape."),
    ];
}
