using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = A x along one axis, A the sparse matrix of a <see cref="ResizeAxis"/>. Backward: dx = Aᵀ dy, the same with the transposed table.
/// </summary>
public sealed class ResizeFunction : UnaryFunction
{
    private readonly int _axis;
    private readonly ResizeAxis _table;

    private ResizeFunction(int axis, ResizeAxis table) => (_axis, _table) = (axis, table);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("axis", _axis)];

    /// <summary>x with one axis, counted from 0, sent through a table: x's shape, with that axis's size replaced by the table's.</summary>
    /// <exception cref="ShapeException">x has no such axis, or its length is not what the table reads.</exception>
    public static Variable Apply(Variable x, int axis, ResizeAxis table) => Run(new ResizeFunction(axis, table), x);

    /// <summary>
    /// Images [N, H, W, C] resized to [N, height, width, C] as PyTorch's <c>interpolate</c> does; see
    /// <see cref="Resize.Interpolate"/>.
    /// </summary>
    public static Variable Interpolate(Variable x, int height, int width, InterpolationMode mode, bool alignCorners = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        Variable rows = Apply(x, 1, ResizeAxis.Interpolate(x.Shape[1], height, mode, alignCorners));
        return Apply(rows, 2, ResizeAxis.Interpolate(x.Shape[2], width, mode, alignCorners));
    }

    /// <summary>Images [N, H, W, C] resized as MATLAB's <c>imresize</c> does; see <see cref="Resize.ImResize"/>.</summary>
    public static Variable ImResize(
        Variable x, double verticalScale, double horizontalScale, int? height = null, int? width = null,
        ResizeKernel kernel = ResizeKernel.Cubic, bool antialias = true, ResizeBorder border = ResizeBorder.Symmetric)
    {
        ArgumentNullException.ThrowIfNull(x);
        var plan = new ImResizePlan(x.Shape[1], x.Shape[2], verticalScale, horizontalScale, height, width, kernel, antialias, border);
        return plan.VerticalFirst
            ? Apply(Apply(x, 1, plan.Vertical), 2, plan.Horizontal)
            : Apply(Apply(x, 2, plan.Horizontal), 1, plan.Vertical);
    }

    /// <summary>
    /// Images [N, H, W, C] with a border of mirrored pixels: [N, top + H + bottom, left + W + right, C]; see
    /// <see cref="Resize.MirrorPad"/>.
    /// </summary>
    public static Variable MirrorPad(Variable x, int top, int bottom, int left, int right, MirrorMode mode = MirrorMode.Symmetric)
    {
        ArgumentNullException.ThrowIfNull(x);
        Variable rows = Apply(x, 1, ResizeAxis.MirrorPad(x.Shape[1], top, bottom, mode));
        return Apply(rows, 2, ResizeAxis.MirrorPad(x.Shape[2], left, right, mode));
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Resize.Along(x, _axis, _table);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) => Apply(dy, _axis, _table.Transpose());
}
