namespace Zssr.Tensors;

/// <summary>
/// A piece of work on host memory that can be cut into parts, written once for every vector width.
/// The host picks the width and gives each thread its part.
/// </summary>
internal interface IHostWork
{
    /// <summary>
    /// The size of the whole work, counted in elements that are read, computed on and written (32 FLOPs of a matrix product count as one).
    /// The host spares small works the other threads.
    /// </summary>
    long Cost { get; }

    /// <summary>Does part number <paramref name="part"/> of <paramref name="parts"/>; parts touch disjoint output.</summary>
    void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>;
}
