using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// y = α · A·B + β · c on the host, tile by tile of the result (<see cref="GemmTile"/>). Work is shared out by tiles, those of one panel of
/// B after each other, so that a thread keeps its panel in the cache while rows of A pass by; those of one matrix before the next one's.
/// </summary>
/// <param name="g">The sizes, and where A's elements lie.</param>
/// <param name="a">The first element of A.</param>
/// <param name="packed">B of each matrix, packed (<see cref="PanelPacking"/>).</param>
/// <param name="c">[matrices, rows, columns]; null for none.</param>
/// <param name="y">[matrices, rows, columns]; overwritten.</param>
/// <param name="alpha">α.</param>
/// <param name="beta">β.</param>
/// <param name="host">Where the parts have their scratch memory.</param>
internal readonly unsafe struct MatMulWork(
    MatMulGeometry g, float* a, float* packed, float* c, float* y, float alpha, float beta, Host host) : IHostWork
{
    /// <summary>Rows of B taken at a time: 1024 of 64 columns are 256 KB, which stay in the second-level cache.</summary>
    private const int DepthBlock = 1024;

    private const int Rows = GemmTile.Rows;

    // Twice what IHostWork counts for a product: small ones spend as much on stores and on starting tiles as on the sums.
    public long Cost => (long)(g.Flops / 16);

    public void Run<V, S>(int part, int parts)
        where V : struct
        where S : struct, ISimd<V>
    {
        int tiles = (g.Rows + Rows - 1) / Rows;
        int columns = PanelPacking.PaddedColumns(g.Columns, S.Lanes);
        int tilesOfMatrix = tiles * PanelPacking.Panels<V, S>(columns);
        Band band = Band.Of(g.Matrices * tilesOfMatrix, part, parts);
        int widest = GemmTile.WidestPanel<V, S>() * S.Lanes;
        float* sums = host.Scratch(part).Reserve((long)Rows * widest + (long)Rows * Math.Min(g.Depth, DepthBlock));
        float* edge = sums + Rows * widest;
        int last = (band.End + tilesOfMatrix - 1) / tilesOfMatrix;
        for (int matrix = band.Start / tilesOfMatrix; matrix < last; matrix++)
        {
            nint atY = (nint)matrix * g.YMatrix;
            var one = new MatMulWork(
                g, a + (nint)matrix * g.AMatrix, packed + (nint)matrix * g.Depth * columns, c == null ? null : c + atY, y + atY, alpha,
                beta, host);
            int before = matrix * tilesOfMatrix;
            one.RunTiles<V, S>(new Band(band.Start - before, band.End - before), tiles, columns, sums, edge);
        }
    }

    /// <summary>Computes those of a band among one matrix's tiles; <paramref name="tiles"/> of them lie on each panel.</summary>
    private void RunTiles<V, S>(Band band, int tiles, int columns, float* sums, float* edge)
        where V : struct
        where S : struct, ISimd<V>
    {
        // Also once where there is no depth at all: then the sums are 0.
        int firstRow = 0;
        do
        {
            int depth = Math.Min(g.Depth - firstRow, DepthBlock);
            int firstTile = 0;
            for (int column = 0, vectors; column < columns; column += vectors * S.Lanes, firstTile += tiles)
            {
                vectors = GemmTile.PanelFor<V, S>((columns - column) / S.Lanes);
                float* panel = packed + (nint)column * g.Depth + (nint)firstRow * vectors * S.Lanes;
                int end = Math.Min(band.End - firstTile, tiles);
                for (int tile = Math.Max(band.Start - firstTile, 0); tile < end; tile++)
                {
                    Sum<V, S>(tile * Rows, firstRow, depth, vectors, panel, sums, edge);
                    Store<V, S>(tile * Rows, column, vectors * S.Lanes, sums, isFirst: firstRow == 0);
                }
            }

            firstRow += DepthBlock;
        }
        while (firstRow < g.Depth);
    }

    /// <summary>sums[r, :] = Σ over some depth of A[row + r, d] · B[d, :], for the 6 rows of a tile.</summary>
    private void Sum<V, S>(int row, int firstDepth, int depth, int vectors, float* panel, float* sums, float* edge)
        where V : struct
        where S : struct, ISimd<V>
    {
        int width = vectors * S.Lanes;
        float* from = a + (nint)row * g.ARow + (nint)firstDepth * g.ADepth;
        bool isWhole = row + Rows <= g.Rows;
        if (isWhole && g.ADepth == 1)
        {
            GemmTile.Multiply<V, S>(vectors, &from, 1, 0, g.ARow, depth, panel, sums, width);
            return;
        }

        new Span<float>(sums, Rows * width).Clear();
        if (isWhole)
        {
            GemmTile.AddTransposed<V, S>(vectors, from, g.ADepth, depth, panel, sums, width);
            return;
        }

        CopyLastRows(from, g.Rows - row, depth, edge);
        GemmTile.AddTransposed<V, S>(vectors, edge, Rows, depth, panel, sums, width);
    }

    /// <summary>The rows of the last tile as columns, filled up to 6 with zeros: nothing past A is read.</summary>
    private void CopyLastRows(float* from, int rows, int depth, float* edge)
    {
        for (int d = 0; d < depth; d++, from += g.ADepth, edge += Rows)
        {
            for (int r = 0; r < Rows; r++)
                edge[r] = r < rows ? from[(nint)r * g.ARow] : 0;
        }
    }

    /// <summary>Brings a tile of sums to y: α times, plus β · c the first time and what is there already afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store<V, S>(int row, int column, int width, float* sums, bool isFirst)
        where V : struct
        where S : struct, ISimd<V>
    {
        int rows = Math.Min(Rows, g.Rows - row), columns = Math.Min(width, g.Columns - column);
        float* added = isFirst ? c : y;
        V scale = S.Broadcast(alpha), share = S.Broadcast(isFirst ? beta : 1);
        for (int r = 0; r < rows; r++, sums += width)
        {
            nint at = (nint)(row + r) * g.Columns + column;
            int i = 0;
            for (; i <= columns - S.Lanes; i += S.Lanes)
            {
                V value = S.Multiply(S.Load(sums + i), scale);
                S.Store(added == null ? value : S.MultiplyAdd(S.Load(added + at + i), share, value), y + at + i);
            }

            int rest = columns - i;
            if (rest <= 0)
                continue;
            V last = S.Multiply(S.Load(sums + i), scale);
            Tail.Store<V, S>(
                added == null ? last : S.MultiplyAdd(Tail.Load<V, S>(added + at + i, rest), share, last), y + at + i, rest);
        }
    }
}
