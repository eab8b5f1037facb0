namespace Zssr.Tensors;

/// <summary>The matrix product as SIMD code: B is brought into panels, then every tile of the result is summed in registers.</summary>
internal static unsafe class HostMatMul
{
    /// <summary>Floats of B that are packed at a time, but one matrix at least: 4 MB.</summary>
    private const long MostPacked = 1 << 20;

    /// <summary>y = α · A·B + β · c.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="g">The sizes, and where the elements of A and B lie.</param>
    /// <param name="a">The first element of A.</param>
    /// <param name="b">The first element of B.</param>
    /// <param name="c">[matrices, rows, columns]; null for none.</param>
    /// <param name="y">[matrices, rows, columns]; overwritten; neither a nor b.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    public static void Run(Host host, in MatMulGeometry g, float* a, float* b, float* c, float* y, float alpha, float beta)
    {
        if (IsOnePanel(g, host.Lanes))
        {
            host.Run(new MatMulWork(g, a, b, c, y, alpha, beta, host));
            return;
        }

        long packedMatrix = (long)g.Depth * PanelPacking.PaddedColumns(g.Columns, host.Lanes);
        int atOnce = (int)Math.Clamp(MostPacked / Math.Max(packedMatrix, 1), 1, Math.Max(g.Matrices, 1));
        float* packed = host.Shared.Reserve(atOnce * packedMatrix);
        for (int first = 0; first < g.Matrices; first += atOnce)
        {
            MatMulGeometry some = g with { Matrices = Math.Min(atOnce, g.Matrices - first) };
            nint atY = (nint)first * g.YMatrix;
            host.Run(new PackMatrixWork(some, b + (nint)first * g.BMatrix, packed));
            host.Run(new MatMulWork(
                some, a + (nint)first * g.AMatrix, packed, c == null ? null : c + atY, y + atY, alpha, beta, host));
        }
    }

    /// <summary>A matrix whose rows are one or two vectors is a single panel at any width of vectors: packed as it lies there.</summary>
    private static bool IsOnePanel(in MatMulGeometry g, int lanes) =>
        g.BColumn == 1 && (g.Columns == lanes || g.Columns == 2 * lanes);
}
