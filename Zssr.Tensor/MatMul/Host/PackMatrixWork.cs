namespace Zssr.Tensors;

/// <summary>Packs every B of a stack, each part some of the rows.</summary>
/// <param name="g">The sizes, and where B's elements lie.</param>
/// <param name="b">The first element of B.</param>
/// <param name="packed">The packed matrices, one after the other; overwritten.</param>
internal readonly unsafe struct PackMatrixWork(MatMulGeometry g, float* b, float* packed) : IHostWork
{
    public long Cost => (long)g.Matrices * g.Depth * g.Columns;

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        nint packedMatrix = (nint)g.Depth * PanelPacking.PaddedColumns(g.Columns, S.Lanes);
        Band rows = Band.Of(g.Matrices * g.Depth, part, parts);
        for (int start = rows.Start, end; start < rows.End; start = end)
        {
            (int matrix, int row) = Math.DivRem(start, g.Depth);
            end = Math.Min(rows.End, start - row + g.Depth);
            PanelPacking.Pack<V, S>(
                b + (nint)matrix * g.BMatrix + (nint)row * g.BDepth, g.BDepth, g.BColumn, end - start, g.Columns,
                packed + matrix * packedMatrix, row, g.Depth);
        }
    }
}
