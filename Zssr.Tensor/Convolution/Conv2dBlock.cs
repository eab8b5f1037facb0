namespace Zssr.Tensors;

/// <summary>
/// The block of which convolutional networks consist, y = f(conv2d(x, weight) + bias) + r, and its gradients, each as a single operation:
/// f is ReLU or nothing, r is x or nothing. The values in between are never stored, which saves more time than their computation takes.
/// </summary>
/// <remarks>
/// Equal to the same block composed of <see cref="Conv2d"/> and <see cref="Elementwise"/> but for the order of additions. All that computes
/// it, see <see cref="Conv2dDispatch"/>, writes and reads the same bits.
/// </remarks>
public static class Conv2dBlock
{
    /// <summary>
    /// Whether a device has these operations: for float32, unless <see cref="DeviceOptions.Fuse"/> is off. In float64 gradients are
    /// checked, which needs the second derivatives that only the composed block has.
    /// </summary>
    public static bool Fits(Device device, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Options.Fuse && dtype == DType.Float32;
    }

    /// <summary>y = f(conv2d(x, weight) + bias) + r.</summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="weight">[kernel height, kernel width, C, K].</param>
    /// <param name="bias">[K], or null for none.</param>
    /// <param name="form">Stride, padding, f and r.</param>
    /// <param name="keepsMask">Whether the gradients will be wanted.</param>
    /// <param name="mask">What the gradients need to know of f; null where f is nothing or no gradients are wanted.</param>
    /// <param name="algorithm">Which kernel; by default what <see cref="DeviceOptions.With"/> was told.</param>
    /// <returns>y, of the shape that <see cref="Conv2d.Forward"/> gives.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or x is to be added and y has another shape.</exception>
    /// <exception cref="DeviceException">The device does not have this operation (see <see cref="Fits"/>), or failed.</exception>
    public static Tensor Forward(
        Tensor x, Tensor weight, Tensor? bias, Conv2dBlockForm form, bool keepsMask, out ReluMask? mask,
        Conv2dAlgorithm algorithm = Conv2dAlgorithm.Auto)
    {
        using DeviceCall call = bias is null
            ? DeviceCall.Begin("conv2d block", x, weight) : DeviceCall.Begin("conv2d block", x, weight, bias);
        RequireFit(call, x.DType);
        Conv2dGeometry g = Conv2dCheck.Forward(x.Shape, weight.Shape, bias?.Shape, form.Stride, form.Padding);
        CheckResidual(call, form, g);
        Tensor y = call.New(g.Output, x.DType);
        ReluMask? bits = form.HasRelu && keepsMask ? ReluMask.New(call, g.Output) : null;
        var epilogue = new Epilogue(bias, form.HasRelu, form.IsResidual ? x : null, bits);
        Conv2dDispatch.Forward(call, g, x, weight, epilogue, y, algorithm);
        mask = bits?.Result(call);
        return call.Result(y);
    }

    /// <summary>
    /// The gradient for x: dx = the transposed convolution of dz with weight, plus dy where x was added. dz = dy where f passed its input,
    /// else 0.
    /// </summary>
    /// <param name="dy">The gradient of y, [N, rows of y, columns of y, K].</param>
    /// <param name="mask">What <see cref="Forward"/> remembered; null where f is nothing.</param>
    /// <param name="weight">[kernel height, kernel width, C, K].</param>
    /// <param name="inputHeight">H of x.</param>
    /// <param name="inputWidth">W of x.</param>
    /// <param name="form">Stride, padding, f and r.</param>
    /// <param name="algorithm">Which kernel; by default what <see cref="DeviceOptions.With"/> was told.</param>
    /// <returns>dx, [N, H, W, C].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or x was added and y has another shape.</exception>
    /// <exception cref="ArgumentException">f is ReLU and there is no mask, or f is nothing and there is one.</exception>
    /// <exception cref="DeviceException">The device does not have this operation (see <see cref="Fits"/>), or failed.</exception>
    public static Tensor InputGradient(
        Tensor dy, ReluMask? mask, Tensor weight, int inputHeight, int inputWidth, Conv2dBlockForm form,
        Conv2dAlgorithm algorithm = Conv2dAlgorithm.Auto)
    {
        using DeviceCall call = Begin("conv2d block input gradient", dy, weight, mask);
        RequireFit(call, dy.DType);
        Conv2dGeometry g = Conv2dCheck.InputGradient(dy.Shape, weight.Shape, inputHeight, inputWidth, form.Stride, form.Padding);
        CheckGradient(call, form, g, mask);
        Tensor dx = call.New(g.Input, dy.DType);
        var epilogue = new Epilogue(Residual: form.IsResidual ? dy : null);
        Conv2dDispatch.InputGradient(call, g, dy, mask, weight, epilogue, dx, algorithm);
        return call.Result(dx);
    }

    /// <summary>The gradients for weight and bias: those of the convolution, given dz as its gradient.</summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="dy">The gradient of y, [N, rows of y, columns of y, K].</param>
    /// <param name="mask">What <see cref="Forward"/> remembered; null where f is nothing.</param>
    /// <param name="kernelHeight">The weight's first axis.</param>
    /// <param name="kernelWidth">The weight's second axis.</param>
    /// <param name="form">Stride, padding, f and r.</param>
    /// <param name="algorithm">Which kernel; by default what <see cref="DeviceOptions.With"/> was told.</param>
    /// <returns>dw, [kernel height, kernel width, C, K], and db, [K].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or x was added and y has another shape.</exception>
    /// <exception cref="ArgumentException">f is ReLU and there is no mask, or f is nothing and there is one.</exception>
    /// <exception cref="DeviceException">The device does not have this operation (see <see cref="Fits"/>), or failed.</exception>
    public static (Tensor Weight, Tensor Bias) ParameterGradients(
        Tensor x, Tensor dy, ReluMask? mask, int kernelHeight, int kernelWidth, Conv2dBlockForm form,
        Conv2dAlgorithm algorithm = Conv2dAlgorithm.Auto)
    {
        using DeviceCall call = Begin("conv2d block weight gradient", dy, x, mask);
        RequireFit(call, dy.DType);
        Conv2dGeometry g = Conv2dCheck.WeightGradient(x.Shape, dy.Shape, kernelHeight, kernelWidth, form.Stride, form.Padding);
        CheckGradient(call, form, g, mask);
        Tensor dw = call.New(g.Weight, x.DType);
        Tensor db = Conv2dDispatch.WeightGradient(call, g, x, dy, mask, dw, wantsBias: true, algorithm)!;
        return (call.Result(dw), call.Result(db));
    }

    private static DeviceCall Begin(string operation, Tensor first, Tensor second, ReluMask? mask) =>
        mask is null ? DeviceCall.Begin(operation, first, second) : DeviceCall.Begin(operation, first, second, mask.Holder);

    private static void RequireFit(DeviceCall call, DType dtype)
    {
        if (!Fits(call.Device, dtype))
        {
            throw new DeviceException(
                $"{call}: {call.Device.Name} has no fused operation for {dtype.Name()}. Compose the block of Conv2d and Elementwise.",
                call.Device.Name.ToString(),
                call.ToString());
        }
    }

    private static void CheckResidual(DeviceCall call, Conv2dBlockForm form, Conv2dGeometry g)
    {
        if (form.IsResidual && g.Output != g.Input)
        {
            throw new ShapeException(
                $"{call}: the convolution gives {g.Output}; to add x {g.Input} they must be equal. "
                + "Use stride 1, half the kernel size as padding, and as many output channels as input channels.");
        }
    }

    /// <summary>A gradient is of a block that there can be, and has its mask.</summary>
    private static void CheckGradient(DeviceCall call, Conv2dBlockForm form, Conv2dGeometry g, ReluMask? mask)
    {
        CheckResidual(call, form, g);
        if (form.HasRelu && mask is null)
        {
            throw new ArgumentException(
                $"{call}: the block has a ReLU, whose gradient needs the mask of its forward pass. Run it with keepsMask.", nameof(mask));
        }

        if (!form.HasRelu && mask is not null)
        {
            throw new ArgumentException(
                $"{call}: there is a mask, but the block has no ReLU. Pass the form of the forward pass.", nameof(mask));
        }

        if (mask is not null && mask.Shape != g.Output)
            throw new ShapeException($"{call}: dy {g.Output} must have the shape of the values that the mask was made of, {mask.Shape}.");
    }
}
