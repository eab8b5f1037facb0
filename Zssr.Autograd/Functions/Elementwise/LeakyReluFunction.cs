using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = x where x &gt; 0, slope · x elsewhere. Backward: dx = dy where x &gt; 0, slope · dy elsewhere (at 0 too, as in PyTorch).
/// </summary>
public sealed class LeakyReluFunction : UnaryFunction
{
    private readonly double _slope;

    private LeakyReluFunction(double slope) => _slope = slope;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("slope", _slope)];

    /// <summary>y = x where x &gt; 0, slope · x elsewhere; y has x's shape.</summary>
    public static Variable Apply(Variable x, double slope) => Run(new LeakyReluFunction(slope), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Elementwise.LeakyRelu(x, _slope);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy)
    {
        using Tensor slope = Elementwise.LeakyReluSlope(x.Value, _slope);
        return dy * x.Tape.Constant(slope);
    }
}
