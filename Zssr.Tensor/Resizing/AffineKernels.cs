using System.Numerics;
using ILGPU;

namespace Zssr.Tensors;

/// <summary>The portable kernel of the affine warp. A work-item takes every stride-th element, so any grid is right.</summary>
internal static class AffineKernels
{
    /// <summary>
    /// y[n, i, j, c] = Σ_p Σ_q w_p(u) · w_q(v) · x[n, mirrored row of tap p, mirrored column of tap q, c], the position (u, v) of (i, j)
    /// being the sum of two entries of a table, see <see cref="AffineTable"/>.
    /// </summary>
    public static void Bicubic<T>(ArrayView<T> x, ArrayView<T> y, ArrayView<int> pixels, ArrayView<T> fractions, AffineGeometry g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int stride = Grid.DimX * Group.DimX;
        for (int at = Grid.GlobalIndex.X; at < y.IntLength; at += stride)
        {
            int c = at % g.Channels;
            int j = at / g.Channels % g.OutputWidth;
            int i = at / g.Channels / g.OutputWidth % g.OutputHeight;
            int image = at / g.Channels / g.OutputWidth / g.OutputHeight * g.InputHeight;
            int ofRow = 2 * i, ofColumn = 2 * (g.OutputHeight + j);

            // Two fractions may make a whole pixel.
            T u = fractions[ofRow] + fractions[ofColumn], v = fractions[ofRow + 1] + fractions[ofColumn + 1];
            int nextRow = u >= T.One ? 1 : 0, nextColumn = v >= T.One ? 1 : 0;
            int row = pixels[ofRow] + pixels[ofColumn] + nextRow, column = pixels[ofRow + 1] + pixels[ofColumn + 1] + nextColumn;
            var rowWeights = CubicWeights<T>.At(nextRow == 1 ? u - T.One : u);
            var columnWeights = CubicWeights<T>.At(nextColumn == 1 ? v - T.One : v);

            int c0 = BorderIndex.SymmetricFromZero(column, g.InputWidth) * g.Channels + c;
            int c1 = BorderIndex.SymmetricFromZero(column + 1, g.InputWidth) * g.Channels + c;
            int c2 = BorderIndex.SymmetricFromZero(column + 2, g.InputWidth) * g.Channels + c;
            int c3 = BorderIndex.SymmetricFromZero(column + 3, g.InputWidth) * g.Channels + c;
            T sum = T.Zero;
            for (int p = 0; p < 4; p++)
            {
                int line = (image + BorderIndex.SymmetricFromZero(row + p, g.InputHeight)) * g.InputWidth * g.Channels;
                T weight = p == 0 ? rowWeights.W0 : p == 1 ? rowWeights.W1 : p == 2 ? rowWeights.W2 : rowWeights.W3;
                sum += weight * columnWeights.Sum(x[line + c0], x[line + c1], x[line + c2], x[line + c3]);
            }

            y[at] = sum;
        }
    }
}

/// <summary>The sizes of one affine warp.</summary>
/// <param name="InputHeight">Rows before.</param>
/// <param name="InputWidth">Columns before.</param>
/// <param name="OutputHeight">Rows after.</param>
/// <param name="OutputWidth">Columns after.</param>
/// <param name="Channels">Channels of both.</param>
internal readonly record struct AffineGeometry(int InputHeight, int InputWidth, int OutputHeight, int OutputWidth, int Channels);

/// <summary>
/// The weights of the four pixels around a position by cubic convolution (Keys 1981) with a = −½; the position lies between the pixels
/// of W1 and W2.
/// </summary>
/// <remarks>At a pixel, fraction 0 or 1, they are exactly 0 and 1, so that whole-pixel positions give that pixel unchanged.</remarks>
internal readonly record struct CubicWeights<T>(T W0, T W1, T W2, T W3)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The weights at a fraction of a pixel after pixel 1, 0 … 1.</summary>
    public static CubicWeights<T> At(T fraction)
    {
        T half = T.One / (T.One + T.One);
        T ahead = T.One - fraction;
        return new(
            -half * fraction * ahead * ahead,
            Near(fraction),
            Near(ahead),
            -half * ahead * fraction * fraction);
    }

    /// <summary>W0·x0 + W1·x1 + W2·x2 + W3·x3.</summary>
    public T Sum(T x0, T x1, T x2, T x3) => W0 * x0 + W1 * x1 + W2 * x2 + W3 * x3;

    /// <summary>3/2·d³ − 5/2·d² + 1, for distances d up to 1.</summary>
    private static T Near(T d)
    {
        T half = T.One / (T.One + T.One);
        return ((T.One + half) * d - (T.One + T.One + half)) * d * d + T.One;
    }
}
