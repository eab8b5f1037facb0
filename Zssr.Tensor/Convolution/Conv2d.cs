namespace Zssr.Tensors;

/// <summary>
/// The 2-D convolution of neural networks (a cross-correlation: the kernel is not flipped) and its two gradients.
/// Images are [N, H, W, C], weights [kernel height, kernel width, C, K]; as PyTorch's conv2d, but for the layout.
/// </summary>
/// <remarks>
/// Sums are taken in a fixed order, so equal calls give equal bits on one device with one algorithm. With
/// <see cref="Conv2dAlgorithm.Auto"/> a GPU's choice is made by timing and kept for the life of the device: another process
/// may choose another kernel, whose rounding differs. Force an algorithm where bits must agree between processes.
/// NaN and infinities in x and dy reach every result that depends on them; whether an infinite weight meets the zeros of the
/// padding (0 · ∞ = NaN) is left to the algorithm.
/// </remarks>
public static class Conv2d
{
    /// <summary>
    /// y[n, i, j, k] = bias[k] + Σ x[n, i·s + u − p, j·s + v − p, c] · weight[u, v, c, k] over u, v, c, with x zero outside the
    /// image.
    /// </summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="weight">[kernel height, kernel width, C, K].</param>
    /// <param name="bias">[K], or null for none.</param>
    /// <param name="stride">s, pixels of x from one pixel of y to the next.</param>
    /// <param name="padding">p, zeros around x on every side.</param>
    /// <param name="algorithm">Which kernel; by default what <see cref="DeviceOptions.With"/> was told.</param>
    /// <returns>y, [N, ⌊(H + 2p − kernel height)/s⌋ + 1, ⌊(W + 2p − kernel width)/s⌋ + 1, K].</returns>
    /// <exception cref="ShapeException">
    /// The shapes do not fit, the kernel is larger than the padded image, s &lt; 1 or p &lt; 0.
    /// </exception>
    /// <exception cref="DeviceException">The device cannot run the forced algorithm, or failed.</exception>
    public static Tensor Forward(
        Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, Conv2dAlgorithm algorithm = Conv2dAlgorithm.Auto)
    {
        using DeviceCall call = bias is null ? DeviceCall.Begin("conv2d", x, weight) : DeviceCall.Begin("conv2d", x, weight, bias);
        Conv2dGeometry g = Conv2dCheck.Forward(x.Shape, weight.Shape, bias?.Shape, stride, padding);
        Tensor y = call.New(g.Output, x.DType);
        Conv2dDispatch.Forward(call, g, x, weight, new Epilogue(bias), y, algorithm);
        return call.Result(y);
    }

    /// <summary>
    /// The gradient for x of a <see cref="Forward"/> whose y has the gradient dy. It is also the transposed convolution of dy.
    /// dx[n, h, w, c] = Σ dy[n, i, j, k] · weight[u, v, c, k] over k and all i, j, u, v with i·s + u − p = h and j·s + v − p = w.
    /// </summary>
    /// <param name="dy">[N, rows of y, columns of y, K].</param>
    /// <param name="weight">[kernel height, kernel width, C, K].</param>
    /// <param name="inputHeight">H of x; where s > 1 several heights give the same y.</param>
    /// <param name="inputWidth">W of x.</param>
    /// <param name="stride">s of the convolution.</param>
    /// <param name="padding">p of the convolution.</param>
    /// <param name="algorithm">Which kernel; by default what <see cref="DeviceOptions.With"/> was told.</param>
    /// <returns>dx, [N, H, W, C].</returns>
    /// <inheritdoc cref="Forward" path="/exception"/>
    public static Tensor InputGradient(
        Tensor dy, Tensor weight, int inputHeight, int inputWidth, int stride = 1, int padding = 0,
        Conv2dAlgorithm algorithm = Conv2dAlgorithm.Auto)
    {
        using DeviceCall call = DeviceCall.Begin("conv2d input gradient", dy, weight);
        Conv2dGeometry g = Conv2dCheck.InputGradient(dy.Shape, weight.Shape, inputHeight, inputWidth, stride, padding);
        Tensor dx = call.New(g.Input, dy.DType);
        Conv2dDispatch.InputGradient(call, g, dy, mask: null, weight, new Epilogue(), dx, algorithm);
        return call.Result(dx);
    }

    /// <summary>
    /// The gradient for the weight of a <see cref="Forward"/> whose y has the gradient dy.
    /// dw[u, v, c, k] = Σ x[n, i·s + u − p, j·s + v − p, c] · dy[n, i, j, k] over n, i, j, with x zero outside the image.
    /// </summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="dy">[N, rows of y, columns of y, K].</param>
    /// <param name="kernelHeight">The weight's first axis.</param>
    /// <param name="kernelWidth">The weight's second axis.</param>
    /// <param name="stride">s of the convolution.</param>
    /// <param name="padding">p of the convolution.</param>
    /// <param name="algorithm">Which kernel; by default what <see cref="DeviceOptions.With"/> was told.</param>
    /// <returns>dw, [kernel height, kernel width, C, K]; zero where the batch is empty.</returns>
    /// <inheritdoc cref="Forward" path="/exception"/>
    public static Tensor WeightGradient(
        Tensor x, Tensor dy, int kernelHeight, int kernelWidth, int stride = 1, int padding = 0,
        Conv2dAlgorithm algorithm = Conv2dAlgorithm.Auto)
    {
        using DeviceCall call = DeviceCall.Begin("conv2d weight gradient", x, dy);
        Conv2dGeometry g = Conv2dCheck.WeightGradient(x.Shape, dy.Shape, kernelHeight, kernelWidth, stride, padding);
        Tensor dw = call.New(g.Weight, x.DType);
        Conv2dDispatch.WeightGradient(call, g, x, dy, mask: null, dw, wantsBias: false, algorithm);
        return call.Result(dw);
    }

    /// <summary>
    /// Whether a device can run an algorithm: the tiled one needs work-groups of 64. It computes y and dx; there is no tiled kernel
    /// for the weight gradient.
    /// </summary>
    public static bool Fits(Device device, Conv2dAlgorithm algorithm) =>
        algorithm != Conv2dAlgorithm.Tiled || TiledConv2d.Fits(device);

    /// <summary>
    /// Whether a device can run an algorithm for these sizes: Winograd's is for 3×3 with stride 1 and a padding of at most 2.
    /// </summary>
    public static bool Fits(Device device, Conv2dAlgorithm algorithm, Conv2dGeometry sizes) =>
        Fits(device, algorithm) && (algorithm != Conv2dAlgorithm.Winograd || WinogradConv2d.Fits(sizes));
}
