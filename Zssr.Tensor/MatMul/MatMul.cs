namespace Zssr.Tensors;

/// <summary>
/// The product of two matrices, each as it is or transposed, without a copy of either:
/// <code>
/// y = op(a) · op(b)                 y[i, j] = Σ over d of op(a)[i, d] · op(b)[d, j]
/// y = α · op(a) · op(b) + β · c
/// </code>
/// Of stacks of matrices, [..., rows, columns], the product of each matrix of a with the one in the same place of b, in one launch.
/// Each sum runs over its depth in one order that hangs on the sizes and the device alone: the same input gives the same bits.
/// </summary>
public static unsafe class MatMul
{
    /// <summary>op(a) · op(b).</summary>
    /// <param name="a">[..., M, K], or [..., K, M] where it is transposed.</param>
    /// <param name="b">[..., K, N], or [..., N, K] where it is transposed; the same axes before the last two as a's.</param>
    /// <param name="transposeA">Whether op(a) is aᵀ.</param>
    /// <param name="transposeB">Whether op(b) is bᵀ.</param>
    /// <param name="algorithm">Which kernel; by default the device's best.</param>
    /// <returns>[..., M, N]; zeros where K is 0.</returns>
    /// <exception cref="ShapeException">
    /// An input is no matrix, the stacks differ, or the columns of op(a) are not as many as the rows of op(b).
    /// </exception>
    /// <exception cref="ArgumentException">The device has no work-groups large enough for the kernel asked for.</exception>
    public static Tensor Multiply(
        Tensor a, Tensor b, bool transposeA = false, bool transposeB = false, MatMulAlgorithm algorithm = MatMulAlgorithm.Auto)
    {
        using DeviceCall call = DeviceCall.Begin("matmul", a, b);
        return call.Result(Run(call, a, b, null, 1, 0, transposeA, transposeB, algorithm));
    }

    /// <summary>α · op(a) · op(b) + β · c.</summary>
    /// <param name="a">[..., M, K], or [..., K, M] where it is transposed.</param>
    /// <param name="b">[..., K, N], or [..., N, K] where it is transposed; the same axes before the last two as a's.</param>
    /// <param name="c">[..., M, N].</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    /// <param name="transposeA">Whether op(a) is aᵀ.</param>
    /// <param name="transposeB">Whether op(b) is bᵀ.</param>
    /// <param name="algorithm">Which kernel; by default the device's best.</param>
    /// <returns>[..., M, N].</returns>
    /// <exception cref="ShapeException">The sizes do not fit each other; the message has all shapes.</exception>
    /// <exception cref="ArgumentException">The device has no work-groups large enough for the kernel asked for.</exception>
    public static Tensor MultiplyAdd(
        Tensor a, Tensor b, Tensor c, double alpha = 1, double beta = 1, bool transposeA = false, bool transposeB = false,
        MatMulAlgorithm algorithm = MatMulAlgorithm.Auto)
    {
        using DeviceCall call = DeviceCall.Begin("matmul", a, b, c);
        return call.Result(Run(call, a, b, c, alpha, beta, transposeA, transposeB, algorithm));
    }

    /// <summary>Whether a device can run an algorithm at all.</summary>
    public static bool Fits(Device device, MatMulAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(device);
        return algorithm != MatMulAlgorithm.Tiled || PortableMatMul.FitsTiles(device);
    }

    private static Tensor Run(
        DeviceCall call, Tensor a, Tensor b, Tensor? c, double alpha, double beta, bool transposeA, bool transposeB,
        MatMulAlgorithm algorithm)
    {
        Check.Defined(call, algorithm);
        MatMulGeometry g = MatMulGeometry.Of(a.Shape, b.Shape, transposeA, transposeB);
        Shape shape = [.. a.Shape.Sizes[..^2], g.Rows, g.Columns];
        if (c is not null && c.Shape != shape)
        {
            throw new ShapeException(
                $"matmul: c has shape {c.Shape} but the product of a {a.Shape} and b {b.Shape} is {shape}; they must be equal.");
        }

        Tensor y = call.New(shape, a.DType);
        if (y.Count == 0)
            return y;
        if (a.DType == DType.Float32 && algorithm == MatMulAlgorithm.Auto && call.Device.Host is { } host)
            HostMatMul.Run(host, g, a.Pointer, b.Pointer, c is null ? null : c.Pointer, y.Pointer, (float)alpha, (float)beta);
        else if (a.DType == DType.Float32)
            PortableMatMul.Run(call, g, a, b, c, y, (float)alpha, (float)beta, algorithm);
        else
            PortableMatMul.Run(call, g, a, b, c, y, alpha, beta, algorithm);
        return y;
    }
}
