namespace Zssr.Tensors;

/// <summary>The kernels that compute a matrix product. All give the same function, in different ways.</summary>
public enum MatMulAlgorithm
{
    /// <summary>
    /// On <c>cpu</c> SIMD code; with its portable kernels, and elsewhere, <see cref="Tiled"/> where the result has room for a tile and
    /// groups are large enough, else <see cref="Blocked"/> where it has room for a block, else <see cref="Naive"/>. The choice hangs on the
    /// sizes alone, so results repeat.
    /// </summary>
    Auto,

    /// <summary>The definition: one work-item computes one element of the result.</summary>
    Naive,

    /// <summary>One work-item computes 4 × 8 elements, whose sums it keeps in registers.</summary>
    Blocked,

    /// <summary>
    /// Work-groups share tiles of both matrices in local memory; every work-item keeps a tile of 8×8 results in registers. Needs groups of
    /// 64 work-items.
    /// </summary>
    Tiled,
}
