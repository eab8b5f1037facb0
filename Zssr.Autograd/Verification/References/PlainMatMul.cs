namespace Zssr.Autograd.Verification;

/// <summary>The matrix product as its definition.</summary>
internal static class PlainMatMul
{
    /// <summary>y[i, j] = Σ over d of op(a)[i, d] · op(b)[d, j].</summary>
    public static HostArray Multiply(HostArray a, HostArray b, bool transposeA = false, bool transposeB = false)
    {
        (HostArray left, HostArray right) = (transposeA ? Transposed(a) : a, transposeB ? Transposed(b) : b);
        (int rows, int depth, int columns) = (left.Shape[0], left.Shape[1], right.Shape[1]);
        var y = HostArray.Zeros([rows, columns]);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                for (int d = 0; d < depth; d++)
                    y.Data[i * columns + j] += left.Data[i * depth + d] * right.Data[d * columns + j];
        return y;
    }

    /// <summary>Rows become columns.</summary>
    public static HostArray Transposed(HostArray a)
    {
        (int rows, int columns) = (a.Shape[0], a.Shape[1]);
        var transposed = HostArray.Zeros([columns, rows]);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                transposed.Data[j * rows + i] = a.Data[i * columns + j];
        return transposed;
    }
}
