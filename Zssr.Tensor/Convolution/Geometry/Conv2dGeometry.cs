namespace Zssr.Tensors;

/// <summary>
/// The sizes of one 2-D convolution, y[n, i, j, k] = Σ x[n, i·s + u − p, j·s + v − p, c] · w[u, v, c, k], with x zero outside the image.
/// Shared by the convolution, its two gradients and every kernel that computes them.
/// </summary>
/// <param name="Batch">N, images.</param>
/// <param name="InputHeight">H of x.</param>
/// <param name="InputWidth">W of x.</param>
/// <param name="InputChannels">C of x, the weight's third axis.</param>
/// <param name="KernelHeight">The weight's first axis.</param>
/// <param name="KernelWidth">The weight's second axis.</param>
/// <param name="OutputChannels">K, the weight's last axis.</param>
/// <param name="Stride">s, pixels of x from one y to the next; 1 or more.</param>
/// <param name="Padding">p, zeros around x on every side; 0 or more.</param>
public readonly record struct Conv2dGeometry(
    int Batch,
    int InputHeight,
    int InputWidth,
    int InputChannels,
    int KernelHeight,
    int KernelWidth,
    int OutputChannels,
    int Stride,
    int Padding)
{
    /// <summary>Rows of y: ⌊(H + 2p − kernel height) / s⌋ + 1, or 0 where the kernel does not fit into the padded image.</summary>
    public int OutputHeight => Positions(InputHeight + 2 * Padding - KernelHeight);

    /// <summary>Columns of y: ⌊(W + 2p − kernel width) / s⌋ + 1, or 0 where the kernel does not fit.</summary>
    public int OutputWidth => Positions(InputWidth + 2 * Padding - KernelWidth);

    /// <summary>[N, H, W, C].</summary>
    public Shape Input => [Batch, InputHeight, InputWidth, InputChannels];

    /// <summary>[kernel height, kernel width, C, K] (HWIO).</summary>
    public Shape Weight => [KernelHeight, KernelWidth, InputChannels, OutputChannels];

    /// <summary>[N, rows of y, columns of y, K].</summary>
    public Shape Output => [Batch, OutputHeight, OutputWidth, OutputChannels];

    /// <summary>Multiplications and additions of the forward pass; each gradient costs the same.</summary>
    public double Flops => 2.0 * Output.ElementCount * KernelHeight * KernelWidth * InputChannels;

    /// <summary>Where a kernel can stand that has this many pixels to move by.</summary>
    private int Positions(int room) => room < 0 ? 0 : room / Stride + 1;
}
