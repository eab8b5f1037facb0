using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>The matrix product as its definition.</summary>
internal static class PlainMatMul
{
    /// <summary>The product of each matrix of a stack with the one in the same place of the other.</summary>
    public static HostArray MultiplyStacks(HostArray a, HostArray b, bool transposeA, bool transposeB)
    {
        int[] stack = a.Shape.Sizes[..^2].ToArray();
        HostArray[] products = [.. Matrices(a).Zip(Matrices(b), (left, right) => Multiply(left, right, transposeA, transposeB))];
        return new HostArray([.. stack, .. products[0].Shape], [.. products.SelectMany(product => product.Data)]);
    }

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

    private static IEnumerable<HostArray> Matrices(HostArray stack)
    {
        Shape matrix = [.. stack.Shape.Sizes[^2..]];
        return stack.Data.Chunk(matrix.ElementCount).Select(data => new HostArray(matrix, data));
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
