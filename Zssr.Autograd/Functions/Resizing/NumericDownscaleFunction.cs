using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = images shrunk with a blur kernel given as numbers, a linear map. Backward: dx = its adjoint at dy, and the adjoint's backward
/// is the map again.
/// </summary>
public sealed class NumericDownscaleFunction : UnaryFunction
{
    private readonly NumericDownscale _downscale;
    private readonly bool _isAdjoint;

    private NumericDownscaleFunction(NumericDownscale downscale, bool isAdjoint) =>
        (_downscale, _isAdjoint) = (downscale, isAdjoint);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes => [("adjoint", _isAdjoint)];

    /// <summary>The images x [N, H, W, C], shrunk to [N, downscale's output height, its output width, C].</summary>
    /// <exception cref="ShapeException">The images have another size than the downscale was made for.</exception>
    public static Variable Apply(Variable x, NumericDownscale downscale) =>
        Run(new NumericDownscaleFunction(downscale, isAdjoint: false), x);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => _isAdjoint ? _downscale.Adjoint(x) : _downscale.Apply(x);

    /// <inheritdoc/>
    protected override Variable Backward(Variable x, Variable y, Variable dy) =>
        Run(new NumericDownscaleFunction(_downscale, !_isAdjoint), dy);
}
