namespace Zssr.Tensors;

/// <summary>The kernels that compute a convolution. All give the same function, in different ways.</summary>
public enum Conv2dAlgorithm
{
    /// <summary>
    /// The device's best. On GPUs the fastest that fits, timed once per shape and remembered; on processors always the same: on <c>cpu</c>
    /// SIMD, or <see cref="Naive"/> with its portable kernels; through OpenCL <see cref="Winograd"/> where it pays, else
    /// <see cref="Direct"/>.
    /// </summary>
    Auto,

    /// <summary>The definition: one work-item computes one element of the result.</summary>
    Naive,

    /// <summary>Register-blocked: one work-item computes 16 contiguous output channels of 4 pixels. No barriers.</summary>
    Direct,

    /// <summary>
    /// Work-groups share tiles of input and weights in local memory; every work-item keeps a tile of 8×8 results in registers.
    /// Needs groups of 64 work-items; the weight gradient has no such kernel.
    /// </summary>
    Tiled,

    /// <summary>
    /// Winograd's F(4×4, 3×3): a quarter of the products of the others, and rounding errors a few times as large.
    /// For kernels of 3×3 with stride 1 and a padding of at most 2.
    /// </summary>
    Winograd,
}
