using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// y = f(conv2d(x, w) + bias) + r in one operation, f being ReLU or nothing and r being x or nothing. The same as <see cref="Conv2dFunction"/>,
/// <see cref="ReluFunction"/> and <see cref="AddFunction"/> one after the other, but faster, and without a second derivative.
/// Backward: dz = dy where f passed its input, else 0; dx = the transposed convolution of dz with w, plus dy where x was added;
/// dw = the correlation of x with dz; dbias = dz summed over images and pixels.
/// </summary>
public sealed class Conv2dBlockFunction : Function
{
    private readonly Conv2dBlockForm _form;
    private readonly bool _isRecorded;
    private ReluMask? _mask;

    private Conv2dBlockFunction(Conv2dBlockForm form, bool isRecorded) => (_form, _isRecorded) = (form, isRecorded);

    /// <inheritdoc/>
    public override bool IsTwiceDifferentiable => false;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, object Value)> Attributes =>
        [("stride", _form.Stride), ("padding", _form.Padding), ("relu", _form.HasRelu), ("residual", _form.IsResidual)];

    /// <inheritdoc/>
    public override long KeptBytes => _mask?.Bytes ?? 0;

    /// <summary>Whether x's device has this function for its type; if not, compose the block.</summary>
    public static bool Fits(Variable x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Conv2dBlock.Fits(x.Value.Device, x.DType);
    }

    /// <summary>The block of x [N, H, W, C] with weight [kernel height, kernel width, C, K] and, if given, bias [K].</summary>
    /// <inheritdoc cref="Conv2dBlock.Forward" path="/exception"/>
    public static Variable Apply(Variable x, Variable weight, Variable? bias, Conv2dBlockForm form)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        bool isRecorded = x.Tape.IsRecording && (x.RequiresGradient || weight.RequiresGradient || bias is { RequiresGradient: true });
        var function = new Conv2dBlockFunction(form, isRecorded);
        return bias is null ? Run(function, x, weight) : Run(function, x, weight, bias);
    }

    /// <inheritdoc/>
    protected override Tensor Forward() => Conv2dBlock.Forward(
        Inputs[0].Value, Inputs[1].Value, Inputs.Count > 2 ? Inputs[2].Value : null, _form, _isRecorded, out _mask);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        ArgumentNullException.ThrowIfNull(dy);
        (Variable x, Variable weight) = (Inputs[0], Inputs[1]);
        Variable? dx = NeedsGradient(0)
            ? dy.Tape.Adopt(Conv2dBlock.InputGradient(dy.Value, _mask, weight.Value, x.Shape[1], x.Shape[2], _form)) : null;
        if (!NeedsGradient(1) && (Inputs.Count == 2 || !NeedsGradient(2)))
            return Inputs.Count == 2 ? [dx, null] : [dx, null, null];

        (Tensor dw, Tensor db) = Conv2dBlock.ParameterGradients(x.Value, dy.Value, _mask, weight.Shape[0], weight.Shape[1], _form);
        Variable dWeight = dy.Tape.Adopt(dw), dBias = dy.Tape.Adopt(db);
        return Inputs.Count == 2 ? [dx, dWeight] : [dx, dWeight, dBias];
    }

    /// <inheritdoc/>
    protected override void ForgetValues()
    {
        _mask?.Dispose();
        _mask = null;
    }
}
