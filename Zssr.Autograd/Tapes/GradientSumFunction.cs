using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>z = x + y, two gradients of one variable, which add up. Backward: dx = dz, dy = dz.</summary>
/// <remarks>
/// In a graph it is an <c>Add</c> like any other. The tape has its own because it knows none of the functions that stand on it.
/// </remarks>
internal sealed class GradientSumFunction : Function
{
    /// <inheritdoc/>
    public override string Name => "Add";

    /// <summary>z = x + y; x, y and z have one shape.</summary>
    public static Variable Apply(Variable x, Variable y) => Run(new GradientSumFunction(), x, y);

    /// <inheritdoc/>
    protected override Tensor Forward() => Elementwise.Add(Inputs[0].Value, Inputs[1].Value);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy) => [NeedsGradient(0) ? dy : null, NeedsGradient(1) ? dy : null];
}
