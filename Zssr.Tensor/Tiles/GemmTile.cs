using System.Runtime.CompilerServices;

namespace Zssr.Tensors;

/// <summary>
/// Products of small matrices whose result stays in registers: a tile of 6 rows and one panel of 4, 2 or 1 vectors.
/// Everything costly on the host is made of these two kernels.
/// </summary>
/// <remarks>
/// The register budget. A step along the depth loads one row of B (as many vectors as the panel has), broadcasts 6 numbers of A one
/// after the other, and does 6 × vectors multiply-adds. With 32 registers the panel has 4 vectors: 24 hold C, 4 hold B, 1 holds the
/// broadcast: 29. With 16 registers it has 2: 12 + 2 + 1 = 15; 4 there would spill, at a third of the speed. In both, loads (10 for
/// 24, or 8 for 12) stay well below one for each multiply-add, and at least 8 sums are under way, which a multiply-add's latency of
/// 4 cycles at two a cycle asks for.
/// The JIT keeps to this: the machine code has no vector on the stack, at any width and panel.
/// A and B are read from the first-level cache or streamed from the second; B must be packed (<see cref="PanelPacking"/>).
/// </remarks>
internal static unsafe class GemmTile
{
    /// <summary>Rows of C in a tile.</summary>
    public const int Rows = 6;

    /// <summary>The most vectors that a panel may have without spilling.</summary>
    public static int WidestPanel<V, S>()
        where V : struct
        where S : struct, ISimd<V> => S.Registers >= 32 ? 4 : 2;

    /// <summary>The panel to take for the next columns, given how many vectors of them are left: 4, 2 or 1.</summary>
    public static int PanelFor<V, S>(int vectorsLeft)
        where V : struct
        where S : struct, ISimd<V> => Math.Min(WidestPanel<V, S>(), vectorsLeft >= 4 ? 4 : vectorsLeft >= 2 ? 2 : 1);

    /// <summary>
    /// C = Σ over segments of A·B: C[r, :] = Σ_s Σ_d A_s[r, d] · B[s·depth + d, :] for the 6 rows r of a tile.
    /// With no segments, or no depth, C = 0.
    /// </summary>
    /// <param name="vectors">Vectors in the panel: 4, 2 or 1.</param>
    /// <param name="a">Where the segments are; A_s[r, d] = a[s][aOffset + r·aRow + d].</param>
    /// <param name="segments">How many. For a convolution these are the kernel's rows.</param>
    /// <param name="aOffset">Floats from the start of each segment to the tile's first row.</param>
    /// <param name="aRow">Floats from row to row of A.</param>
    /// <param name="depth">Columns of A in each segment.</param>
    /// <param name="b">The panel, packed: segments · depth rows of it, one after the other.</param>
    /// <param name="c">The tile's first float.</param>
    /// <param name="cRow">Floats from row to row of C.</param>
    public static void Multiply<V, S>(
        int vectors, float** a, int segments, nint aOffset, nint aRow, int depth, float* b, float* c, nint cRow)
        where V : struct
        where S : struct, ISimd<V>
    {
        if (vectors == 4)
            Multiply<V, S, Panel4<V>>(a, segments, aOffset, aRow, depth, b, c, cRow);
        else if (vectors == 2)
            Multiply<V, S, Panel2<V>>(a, segments, aOffset, aRow, depth, b, c, cRow);
        else
            Multiply<V, S, Panel1<V>>(a, segments, aOffset, aRow, depth, b, c, cRow);
    }

    /// <summary>C += Aᵀ·B: C[r, :] += Σ_d a[d·aRow + r] · B[d, :] for the 6 rows r of a tile.</summary>
    /// <param name="vectors">Vectors in the panel: 4, 2 or 1.</param>
    /// <param name="a">The first of 6 neighbouring columns of A.</param>
    /// <param name="aRow">Floats from row to row of A.</param>
    /// <param name="depth">Rows of A and of B.</param>
    /// <param name="b">The panel, packed.</param>
    /// <param name="c">The tile's first float.</param>
    /// <param name="cRow">Floats from row to row of C.</param>
    public static void AddTransposed<V, S>(int vectors, float* a, nint aRow, int depth, float* b, float* c, nint cRow)
        where V : struct
        where S : struct, ISimd<V>
    {
        if (vectors == 4)
            AddTransposed<V, S, Panel4<V>>(a, aRow, depth, b, c, cRow);
        else if (vectors == 2)
            AddTransposed<V, S, Panel2<V>>(a, aRow, depth, b, c, cRow);
        else
            AddTransposed<V, S, Panel1<V>>(a, aRow, depth, b, c, cRow);
    }

    // Two pointers, three rows apart, reach all six rows with the addressing modes that x86 has (+0, +aRow, +2·aRow).
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<V, S, TPanel>(
        float** a, int segments, nint aOffset, nint aRow, int depth, float* b, float* c, nint cRow)
        where V : struct
        where S : struct, ISimd<V>
        where TPanel : struct, ITilePanel<TPanel, V>
    {
        TPanel c0 = TPanel.Zero<S>(), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
        nint twoRows = 2 * aRow;
        for (int segment = 0; segment < segments; segment++)
        {
            float* upper = a[segment] + aOffset;
            float* lower = upper + 3 * aRow;
            float* end = upper + depth;
            for (; upper < end; upper++, lower++)
            {
                TPanel row = TPanel.Load<S>(b);
                b += TPanel.Vectors * S.Lanes;
                c0 = TPanel.MultiplyAdd<S>(S.Broadcast(upper[0]), row, c0);
                c1 = TPanel.MultiplyAdd<S>(S.Broadcast(upper[aRow]), row, c1);
                c2 = TPanel.MultiplyAdd<S>(S.Broadcast(upper[twoRows]), row, c2);
                c3 = TPanel.MultiplyAdd<S>(S.Broadcast(lower[0]), row, c3);
                c4 = TPanel.MultiplyAdd<S>(S.Broadcast(lower[aRow]), row, c4);
                c5 = TPanel.MultiplyAdd<S>(S.Broadcast(lower[twoRows]), row, c5);
            }
        }

        TPanel.Store<S>(c0, c);
        TPanel.Store<S>(c1, c + cRow);
        TPanel.Store<S>(c2, c + 2 * cRow);
        TPanel.Store<S>(c3, c + 3 * cRow);
        TPanel.Store<S>(c4, c + 4 * cRow);
        TPanel.Store<S>(c5, c + 5 * cRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddTransposed<V, S, TPanel>(float* a, nint aRow, int depth, float* b, float* c, nint cRow)
        where V : struct
        where S : struct, ISimd<V>
        where TPanel : struct, ITilePanel<TPanel, V>
    {
        TPanel c0 = TPanel.Load<S>(c);
        TPanel c1 = TPanel.Load<S>(c + cRow);
        TPanel c2 = TPanel.Load<S>(c + 2 * cRow);
        TPanel c3 = TPanel.Load<S>(c + 3 * cRow);
        TPanel c4 = TPanel.Load<S>(c + 4 * cRow);
        TPanel c5 = TPanel.Load<S>(c + 5 * cRow);
        for (; depth > 0; depth--)
        {
            TPanel row = TPanel.Load<S>(b);
            b += TPanel.Vectors * S.Lanes;
            c0 = TPanel.MultiplyAdd<S>(S.Broadcast(a[0]), row, c0);
            c1 = TPanel.MultiplyAdd<S>(S.Broadcast(a[1]), row, c1);
            c2 = TPanel.MultiplyAdd<S>(S.Broadcast(a[2]), row, c2);
            c3 = TPanel.MultiplyAdd<S>(S.Broadcast(a[3]), row, c3);
            c4 = TPanel.MultiplyAdd<S>(S.Broadcast(a[4]), row, c4);
            c5 = TPanel.MultiplyAdd<S>(S.Broadcast(a[5]), row, c5);
            a += aRow;
        }

        TPanel.Store<S>(c0, c);
        TPanel.Store<S>(c1, c + cRow);
        TPanel.Store<S>(c2, c + 2 * cRow);
        TPanel.Store<S>(c3, c + 3 * cRow);
        TPanel.Store<S>(c4, c + 4 * cRow);
        TPanel.Store<S>(c5, c + 5 * cRow);
    }
}
