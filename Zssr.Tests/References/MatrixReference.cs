namespace Zssr.Tests.References;

/// <summary>Matrices in plain float64.</summary>
public static class MatrixReference
{
    /// <summary>a·b.</summary>
    public static double[,] Product(double[,] a, double[,] b)
    {
        double[,] y = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < y.GetLength(0); i++)
            for (int j = 0; j < y.GetLength(1); j++)
                for (int d = 0; d < a.GetLength(1); d++)
                    y[i, j] += a[i, d] * b[d, j];
        return y;
    }

    /// <summary>aᵀ.</summary>
    public static double[,] Transpose(double[,] a) => Filled(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    /// <summary>A matrix by its elements, row after row.</summary>
    public static double[,] Of(IReadOnlyList<double> elements, int rows, int columns) =>
        Filled(rows, columns, (i, j) => elements[i * columns + j]);

    /// <summary>The elements, row after row.</summary>
    public static double[] Elements(double[,] a) => [.. a.Cast<double>()];

    /// <summary>
    /// Jordan's five steps, as published: X = G / ‖G‖, of the transpose where G has more rows than columns; A = XXᵀ;
    /// X ← a·X + (b·A + c·AA)·X.
    /// </summary>
    public static double[,] NewtonSchulz(double[,] g)
    {
        if (g.GetLength(0) > g.GetLength(1))
            return Transpose(NewtonSchulz(Transpose(g)));
        double norm = Math.Sqrt(g.Cast<double>().Sum(v => v * v));
        double[,] x = Filled(g.GetLength(0), g.GetLength(1), (i, j) => norm == 0 ? 0 : g[i, j] / norm);
        for (int step = 0; step < 5; step++)
        {
            double[,] a = Product(x, Transpose(x)), squared = Product(a, a);
            double[,] added = Product(Filled(a.GetLength(0), a.GetLength(1), (i, j) => -4.7750 * a[i, j] + 2.0315 * squared[i, j]), x);
            double[,] last = x;
            x = Filled(x.GetLength(0), x.GetLength(1), (i, j) => 3.4445 * last[i, j] + added[i, j]);
        }

        return x;
    }

    /// <summary>The singular values, from the eigenvalues of the smaller of aᵀa and aaᵀ by Jacobi's rotations.</summary>
    public static double[] SingularValues(double[,] a)
    {
        double[,] s = a.GetLength(0) < a.GetLength(1) ? Product(a, Transpose(a)) : Product(Transpose(a), a);
        int n = s.GetLength(0);
        for (int sweep = 0; sweep < 30; sweep++)
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++)
                    Rotate(s, p, q);
        return [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(Math.Max(s[i, i], 0)))];
    }

    /// <summary>A rotation of axes p and q that makes s[p, q] zero.</summary>
    private static void Rotate(double[,] s, int p, int q)
    {
        if (s[p, q] == 0)
            return;
        double angle = 0.5 * Math.Atan2(2 * s[p, q], s[q, q] - s[p, p]), cosine = Math.Cos(angle), sine = Math.Sin(angle);
        for (int k = 0; k < s.GetLength(0); k++)
            (s[k, p], s[k, q]) = (cosine * s[k, p] - sine * s[k, q], sine * s[k, p] + cosine * s[k, q]);
        for (int k = 0; k < s.GetLength(0); k++)
            (s[p, k], s[q, k]) = (cosine * s[p, k] - sine * s[q, k], sine * s[p, k] + cosine * s[q, k]);
    }

    private static double[,] Filled(int rows, int columns, Func<int, int, double> element)
    {
        double[,] filled = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                filled[i, j] = element(i, j);
        return filled;
    }
}
