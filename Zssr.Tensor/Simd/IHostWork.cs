namespace Zssr.Tensors.Simd;

/// <summary>
/// A piece of work on host memory that can be cut into parts, written once for every vector width.
/// The host picks the width and gives each thread its part.
/// </summary>
internal interface IHostWork
{
    /// <summary>Does part number <paramref name="part"/> of <paramref name="parts"/>; parts touch disjoint output.</summary>
    void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>;
}
