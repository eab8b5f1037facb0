using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// z = x where the gate is above 0, else 0. Backward: dx = dz where the gate is above 0, else 0; no gradient for the gate,
/// which only opens and closes.
/// </summary>
public sealed class PassWherePositiveFunction : Function
{
    /// <summary>z = x where the gate is above 0 (or NaN), else 0. The gate has x's shape; so has z.</summary>
    public static Variable Apply(Variable x, Variable gate) => Run(new PassWherePositiveFunction(), x, gate);

    /// <inheritdoc/>
    protected override Tensor Forward() => Elementwise.PassWherePositive(Inputs[0].Value, Inputs[1].Value);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy) => [Apply(dy, Inputs[1]), null];
}
