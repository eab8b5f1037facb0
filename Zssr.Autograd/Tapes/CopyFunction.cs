using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x, in memory of its own. Backward: dx = dy.</summary>
internal sealed class CopyFunction : UnaryFunction
{
    /// <summary>The elements of x in new memory; y has x's shape.</summary>
    public static Variable Apply(Variable x) => Run(new CopyFunction(), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.To(x.DType);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => dy;
}
