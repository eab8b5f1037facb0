using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = x turned counter-clockwise by quarter turns. Backward: dx = dy turned back.</summary>
public sealed class Rotate90Function : UnaryFunction
{
    private readonly int _quarterTurns;

    private Rotate90Function(int quarterTurns) => _quarterTurns = quarterTurns;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("quarter turns", _quarterTurns)];

    /// <summary>
    /// The images x [N, H, W, C] turned counter-clockwise: [N, W, H, C] for odd numbers of turns, [N, H, W, C] for even ones.
    /// </summary>
    /// <exception cref="ShapeException">x has not four axes.</exception>
    public static Variable Apply(Variable x, int quarterTurns) => Run(new Rotate90Function(quarterTurns), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Orientation.Rotate90(x, _quarterTurns);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => Apply(dy, -_quarterTurns);
}
