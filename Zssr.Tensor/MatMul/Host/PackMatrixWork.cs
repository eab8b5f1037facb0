namespace Zssr.Tensors;

/// <summary>Packs B, each part some of its rows.</summary>
/// <param name="g">The sizes, and where B's elements lie.</param>
/// <param name="b">The first element of B.</param>
/// <param name="packed">The packed matrix; overwritten.</param>
internal readonly unsafe struct PackMatrixWork(MatMulGeometry g, float* b, float* packed) : IHostWork
{
    public long Cost => (long)g.Depth * g.Columns;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        Band band = Band.Of(g.Depth, part, parts);
        PanelPacking.Pack<V, S>(
            b + (nint)band.Start * g.BDepth, g.BDepth, g.BColumn, band.End - band.Start, g.Columns, packed, band.Start, g.Depth);
    }
}
