using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// The form in which the tile kernels read B. A matrix of some rows and columns is cut into panels of 4, 2 or 1 vectors of columns, and
/// each panel is stored whole, row after row, so that it is read as one stream. The last panel is filled up with zeros.
/// </summary>
/// <remarks>The panel that starts at a column starts at float column · rows; a row within it is as long as the panel is wide.</remarks>
internal static unsafe class PanelPacking
{
    /// <summary>Columns of the packed form: rounded up to whole vectors.</summary>
    public static int PaddedColumns(int columns, int lanes) => (columns + lanes - 1) / lanes * lanes;

    /// <summary>How many panels a packed matrix has.</summary>
    /// <param name="columns">Its columns, whole vectors.</param>
    public static int Panels<V, S>(int columns)
        where V : struct
        where S : struct, ISimd<V>
    {
        int panels = 0;
        for (int left = columns / S.Lanes; left > 0; left -= GemmTile.PanelFor<V, S>(left))
            panels++;
        return panels;
    }

    /// <summary>Packs some rows of a matrix whose elements are source[row · rowStep + column · columnStep].</summary>
    /// <param name="source">The first of the rows to pack.</param>
    /// <param name="rowStep">Floats from row to row of the source.</param>
    /// <param name="columnStep">Floats from column to column of the source; not 1 where a transposed matrix is packed.</param>
    /// <param name="rows">How many rows to pack now.</param>
    /// <param name="columns">Columns that the source has.</param>
    /// <param name="target">The whole packed matrix.</param>
    /// <param name="firstRow">Where in the packed matrix the rows go.</param>
    /// <param name="totalRows">Rows of the packed matrix.</param>
    public static void Pack<V, S>(
        float* source, nint rowStep, nint columnStep, int rows, int columns, float* target, int firstRow, int totalRows)
        where V : struct
        where S : struct, ISimd<V>
    {
        int padded = PaddedColumns(columns, S.Lanes);
        for (int start = 0, width; start < padded; start += width)
        {
            width = GemmTile.PanelFor<V, S>((padded - start) / S.Lanes) * S.Lanes;
            int filled = Math.Min(width, columns - start);
            float* from = source + start * columnStep;
            float* to = target + (nint)start * totalRows + (nint)firstRow * width;
            for (int row = 0; row < rows; row++, from += rowStep, to += width)
            {
                if (columnStep == 1 && filled == width)
                {
                    for (int lane = 0; lane < width; lane += S.Lanes)
                        S.Store(S.Load(from + lane), to + lane);
                    continue;
                }

                for (int column = 0; column < width; column++)
                    to[column] = column < filled ? from[column * columnStep] : 0;
            }
        }
    }

    /// <summary>sums[column] += Σ over the first rows of a packed matrix.</summary>
    /// <param name="packed">The packed matrix.</param>
    /// <param name="rows">How many rows to add.</param>
    /// <param name="totalRows">Rows of the packed matrix.</param>
    /// <param name="columns">Its columns, whole vectors.</param>
    /// <param name="sums">[columns].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows<V, S>(float* packed, int rows, int totalRows, int columns, float* sums)
        where V : struct
        where S : struct, ISimd<V>
    {
        for (int start = 0, width; start < columns; start += width)
        {
            width = GemmTile.PanelFor<V, S>((columns - start) / S.Lanes) * S.Lanes;
            float* panel = packed + (nint)start * totalRows;
            for (int lane = 0; lane < width; lane += S.Lanes)
            {
                // The rows first, then the earlier sum: adding small numbers to each other loses less than adding each to a large one.
                V sum = S.Zero;
                float* from = panel + lane;
                for (int row = 0; row < rows; row++, from += width)
                    sum = S.Add(sum, S.Load(from));
                S.Store(S.Add(S.Load(sums + start + lane), sum), sums + start + lane);
            }
        }
    }
}
