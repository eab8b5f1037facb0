using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = the channels of x as pixels. Backward: dx = the pixels of dy as channels, <see cref="SpaceToDepthFunction"/>.</summary>
public sealed class DepthToSpaceFunction : UnaryFunction
{
    private readonly (int Rows, int Columns) _block;

    private DepthToSpaceFunction(int blockRows, int blockColumns) => _block = (blockRows, blockColumns);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("rows", _block.Rows), ("columns", _block.Columns)];

    /// <summary>The channels of x [N, H, W, bv·bh·C] as pixels: [N, bv·H, bh·W, C]; see <see cref="SubPixels.DepthToSpace"/>.</summary>
    /// <exception cref="ShapeException">x has not four axes, or its channels are no multiple of bv·bh.</exception>
    public static Variable Apply(Variable x, int blockRows, int blockColumns) =>
        Run(new DepthToSpaceFunction(blockRows, blockColumns), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => SubPixels.DepthToSpace(x, _block.Rows, _block.Columns);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        SpaceToDepthFunction.Apply(dy, _block.Rows, _block.Columns);
}
