using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = min(max(x, low), high). Backward: dx = dy where low ≤ x ≤ high, else 0, as in PyTorch.</summary>
public sealed class ClampFunction : UnaryFunction
{
    private readonly double _low;
    private readonly double _high;

    private ClampFunction(double low, double high) => (_low, _high) = (low, high);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("low", _low), ("high", _high)];

    /// <summary>y = min(max(x, low), high) for each element; y has x's shape.</summary>
    public static Variable Apply(Variable x, double low, double high) => Run(new ClampFunction(low, high), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.Clamp(x, _low, _high);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        using Tensor slope = Elementwise.ClampSlope(x.Value, _low, _high);
        return dy * x.Tape.Constant(slope);
    }
}
