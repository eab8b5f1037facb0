using Zssr.Tensors;

namespace Zssr.Tests.References;

/// <summary>The affine warp from its definition, in float64: positions folded back edge by edge, the kernel in its textbook form.</summary>
internal static class WarpReference
{
    /// <summary>y[n, i, j, c] = Σ_a Σ_b h(u − a) · h(v − b) · x[n, a, b, c] over all a, b near enough to (u, v).</summary>
    public static double[] Affine(ImageArray x, AffineMap map, int height, int width) => ImageArray.Build(
        x.Batch, height, width, x.Channels,
        (n, i, j, c) =>
        {
            double u = map.A * i + map.B * j + map.C, v = map.D * i + map.E * j + map.F, sum = 0;
            for (double a = Math.Ceiling(u - 3); a < u + 3; a++)
            {
                for (double b = Math.Ceiling(v - 3); b < v + 3; b++)
                    sum += Keys(u - a) * Keys(v - b) * x.At(n, Unfold(a, x.Height), Unfold(b, x.Width), c);
            }

            return sum;
        }).Elements;

    /// <summary>Keys 1981, equation 4 with a = −½.</summary>
    private static double Keys(double s)
    {
        s = Math.Abs(s);
        double cube = s * s * s, square = s * s;
        return s < 1 ? 1.5 * cube - 2.5 * square + 1 : s < 2 ? -0.5 * cube + 2.5 * square - 4 * s + 2 : 0;
    }

    /// <summary>Folded at one edge after the other until it is inside.</summary>
    private static int Unfold(double i, int n)
    {
        while (i < 0 || i >= n)
            i = i < 0 ? -1 - i : 2 * n - 1 - i;
        return (int)i;
    }
}
