namespace Zssr.Tensors;

/// <summary>The matrix product as SIMD code: B is brought into panels, then every tile of the result is summed in registers.</summary>
internal static unsafe class HostMatMul
{
    /// <summary>y = α · A·B + β · c.</summary>
    /// <param name="host">Where to compute.</param>
    /// <param name="g">The sizes, and where the elements of A and B lie.</param>
    /// <param name="a">The first element of A.</param>
    /// <param name="b">The first element of B.</param>
    /// <param name="c">[rows, columns]; null for none.</param>
    /// <param name="y">[rows, columns]; overwritten; neither a nor b.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    public static void Run(Host host, in MatMulGeometry g, float* a, float* b, float* c, float* y, float alpha, float beta)
    {
        float* packed = b;
        if (!IsOnePanel(g, host.Lanes))
        {
            packed = host.Shared.Reserve((long)g.Depth * PanelPacking.PaddedColumns(g.Columns, host.Lanes));
            host.Run(new PackMatrixWork(g, b, packed));
        }

        host.Run(new MatMulWork(g, a, packed, c, y, alpha, beta, host));
    }

    /// <summary>A matrix whose rows are one or two vectors is a single panel at any width of vectors: packed as it lies there.</summary>
    private static bool IsOnePanel(in MatMulGeometry g, int lanes) =>
        g.BColumn == 1 && (g.Columns == lanes || g.Columns == 2 * lanes);
}
