namespace Zssr.Tensors;

/// <summary>
/// Which code computes a convolution with all that follows its sums, of <see cref="Conv2d"/> and <see cref="Conv2dBlock"/> alike: a plain
/// convolution is a block whose epilogue is a bias. <see cref="HostConv2d"/> on the processor, <see cref="PortableConv2d"/> elsewhere; what
/// either throws names the operation.
/// </summary>
internal static unsafe class Conv2dDispatch
{
    /// <summary>
    /// The largest stride for which the processor's SIMD code is used: its input gradient packs the weights once for each of stride²
    /// phases, a waste of memory where strides are huge.
    /// </summary>
    private const int LargestHostStride = 64;

    /// <summary>y = f(conv2d(x, weight) + bias) + residual.</summary>
    /// <param name="call">The operation.</param>
    /// <param name="g">The sizes.</param>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="weight">[kernel height, kernel width, C, K].</param>
    /// <param name="epilogue">Bias, f, residual, and where the bits of f go.</param>
    /// <param name="y">[N, rows, columns, K]; overwritten.</param>
    /// <param name="algorithm">Which kernel; by default what the device's options say.</param>
    public static void Forward(
        DeviceCall call, Conv2dGeometry g, Tensor x, Tensor weight, Epilogue epilogue, Tensor y, Conv2dAlgorithm algorithm)
    {
        if (y.Count == 0)
            return;
        try
        {
            if (HostFor(call, g, x.DType, algorithm) is { } host)
                HostConv2d.Forward(host, x.Pointer, weight.Pointer, epilogue.OnHost, y.Pointer, g);
            else if (x.DType == DType.Float32)
                PortableConv2d.Forward<float>(call, g, x, weight, epilogue, y, algorithm);
            else
                PortableConv2d.Forward<double>(call, g, x, weight, epilogue, y, algorithm);
        }
        catch (Exception failure) when (DeviceCall.IsForeign(failure))
        {
            throw call.Translate(failure);
        }
    }

    /// <summary>
    /// dx = the transposed convolution of dz with weight, plus what the epilogue adds; dz = dy where the mask's bit is set, else 0.
    /// </summary>
    /// <param name="call">The operation.</param>
    /// <param name="g">The sizes of the convolution.</param>
    /// <param name="dy">[N, rows, columns, K].</param>
    /// <param name="mask">Where dy counts; null for everywhere.</param>
    /// <param name="weight">[kernel height, kernel width, C, K].</param>
    /// <param name="epilogue">What is added to dx.</param>
    /// <param name="dx">[N, H, W, C]; overwritten.</param>
    /// <param name="algorithm">Which kernel; by default what the device's options say.</param>
    public static void InputGradient(
        DeviceCall call, Conv2dGeometry g, Tensor dy, ReluMask? mask, Tensor weight, Epilogue epilogue, Tensor dx,
        Conv2dAlgorithm algorithm)
    {
        if (dx.Count == 0)
            return;
        try
        {
            if (HostFor(call, g, dy.DType, algorithm) is { } host)
                HostConv2d.InputGradient(host, PixelSource.Of(dy, mask), weight.Pointer, epilogue.OnHost, dx.Pointer, g);
            else if (dy.DType == DType.Float32)
                PortableConv2d.InputGradient<float>(call, g, dy, mask, weight, epilogue, dx, algorithm);
            else
                PortableConv2d.InputGradient<double>(call, g, dy, mask, weight, epilogue, dx, algorithm);
        }
        catch (Exception failure) when (DeviceCall.IsForeign(failure))
        {
            throw call.Translate(failure);
        }
    }

    /// <summary>
    /// dw = the correlation of x with dz; dz = dy where the mask's bit is set, else 0. All zero where the batch is empty.
    /// </summary>
    /// <param name="call">The operation.</param>
    /// <param name="g">The sizes of the convolution.</param>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="dy">[N, rows, columns, K].</param>
    /// <param name="mask">Where dy counts; null for everywhere.</param>
    /// <param name="dw">[kernel height, kernel width, C, K]; overwritten.</param>
    /// <param name="wantsBias">Whether the bias has a gradient.</param>
    /// <param name="algorithm">Which kernel; by default what the device's options say.</param>
    /// <returns>db, the sums of dz's channels, [K]; null where it is not wanted.</returns>
    public static Tensor? WeightGradient(
        DeviceCall call, Conv2dGeometry g, Tensor x, Tensor dy, ReluMask? mask, Tensor dw, bool wantsBias, Conv2dAlgorithm algorithm)
    {
        try
        {
            if (x.Count == 0)
                return Zeros(call, g, dw, wantsBias);
            if (HostFor(call, g, x.DType, algorithm) is { } host)
            {
                Tensor? db = wantsBias ? call.New([g.OutputChannels], x.DType) : null;
                HostConv2d.WeightGradient(host, x.Pointer, PixelSource.Of(dy, mask), dw.Pointer, db is null ? null : db.Pointer, g);
                return db;
            }

            return x.DType == DType.Float32
                ? PortableConv2d.WeightGradient<float>(call, g, x, dy, mask, dw, wantsBias, algorithm)
                : PortableConv2d.WeightGradient<double>(call, g, x, dy, mask, dw, wantsBias, algorithm);
        }
        catch (Exception failure) when (DeviceCall.IsForeign(failure))
        {
            throw call.Translate(failure);
        }
    }

    private static Tensor? Zeros(DeviceCall call, Conv2dGeometry g, Tensor dw, bool wantsBias)
    {
        TensorElements.Fill(call, dw, 0);
        if (!wantsBias)
            return null;
        Tensor db = call.New([g.OutputChannels], dw.DType);
        TensorElements.Fill(call, db, 0);
        return db;
    }

    /// <summary>The processor's SIMD code, unless a kernel was asked for or the sizes are not made for it.</summary>
    private static Host? HostFor(DeviceCall call, Conv2dGeometry g, DType dtype, Conv2dAlgorithm algorithm)
    {
        if (call.Device.Host is not { } host || dtype != DType.Float32 || g.Stride > LargestHostStride)
            return null;
        Conv2dAlgorithm chosen = algorithm == Conv2dAlgorithm.Auto ? call.Device.Options.Choice<Conv2dAlgorithm>() : algorithm;
        return chosen == Conv2dAlgorithm.Auto ? host : null;
    }
}
