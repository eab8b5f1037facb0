using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = blocks of pixels of x as channels. Backward: dx = the channels of dy as pixels, <see cref="DepthToSpaceFunction"/>.</summary>
public sealed class SpaceToDepthFunction : UnaryFunction
{
    private readonly (int Rows, int Columns) _block;

    private SpaceToDepthFunction(int blockRows, int blockColumns) => _block = (blockRows, blockColumns);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("rows", _block.Rows), ("columns", _block.Columns)];

    /// <summary>The blocks of x [N, bv·H, bh·W, C] as channels: [N, H, W, bv·bh·C]; see <see cref="SubPixels.SpaceToDepth"/>.</summary>
    /// <exception cref="ShapeException">x has not four axes, or its rows or columns are no multiple of the block's.</exception>
    public static Variable Apply(Variable x, int blockRows, int blockColumns) =>
        Run(new SpaceToDepthFunction(blockRows, blockColumns), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => SubPixels.SpaceToDepth(x, _block.Rows, _block.Columns);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        DepthToSpaceFunction.Apply(dy, _block.Rows, _block.Columns);
}
