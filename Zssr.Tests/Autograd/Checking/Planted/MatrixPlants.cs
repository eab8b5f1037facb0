namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>Mistakes in products of matrices, in sums over a batch, and in stencils.</summary>
internal static class MatrixPlants
{
    public static IReadOnlyList<Plant> All { get; } =
    [
        Product("right, 4 × 3 by 3 × 4", "", 4, 3, 4, (x, w, dy) => [dy * w.T, x.T * dy]),
        Product("the sign of dx", "the gradient of its input 0 [4, 3] has the wrong sign", 4, 3, 4, (x, w, dy) => [-1 * (dy * w.T), x.T * dy]),
        Product("twice dw", "the gradient of its input 1 [3, 4] is twice", 4, 3, 4, (x, w, dy) => [dy * w.T, 2 * (x.T * dy)]),
        Product("a mean over the batch for a sum", "axis 0 of the output: was a mean taken for a sum", 5, 3, 4,
            (x, w, dy) => [dy * w.T, 0.2 * (x.T * dy)]),
        Product("w not transposed", "is J dy instead of Jᵀ dy", 3, 3, 3, (x, w, dy) => [dy * w, x.T * dy]),
        Product("x not transposed", "is J dy instead of Jᵀ dy", 3, 3, 3, (x, w, dy) => [dy * w.T, x * dy]),
        Product("the result transposed", "is transposed", 3, 3, 3, (x, w, dy) => [dy * w.T, dy.T * x]),
        Product("dx and dw swapped", "is that of its input 1", 3, 3, 3, (x, w, dy) => [x.T * dy, dy * w.T]),
        Product("dw of the first sample alone", "comes from index 0 of the output gradient's axis 0 alone", 4, 3, 4,
            (x, w, dy) => [dy * w.T, x.T * dy.OnlyRow(0)]),
        Product("dw of the last sample alone", "comes from index 3 of the output gradient's axis 0 alone", 4, 3, 4,
            (x, w, dy) => [dy * w.T, x.T * dy.OnlyRow(3)]),
        new("right only while x needs a gradient", "its input 1 gets another gradient where its input 0 needs none", [[4, 3], [3, 4]], [4, 4],
            v => (M(v[0], 4, 3) * M(v[1], 3, 4)).Values,
            (v, dy, needs) =>
            [
                (M(dy, 4, 4) * M(v[1], 3, 4).T).Values, ((needs[0] ? 1 : 2) * (M(v[0], 4, 3).T * M(dy, 4, 4))).Values,
            ]),
        new("nothing while w needs no gradient", "its input 0 gets another gradient where its input 1 needs none", [[4, 3], [3, 4]], [4, 4],
            v => (M(v[0], 4, 3) * M(v[1], 3, 4)).Values,
            (v, dy, needs) =>
            [
                needs[1] ? (M(dy, 4, 4) * M(v[1], 3, 4).T).Values : null, (M(v[0], 4, 3).T * M(dy, 4, 4)).Values,
            ]),
        new("a factor taken for the other", "is that of its input 1", [[9], [9]], [9], v => [.. v[0].Zip(v[1], (x, y) => x * y)],
            (v, dy, _) => [[.. dy.Zip(v[0], (u, x) => u * x)], [.. dy.Zip(v[0], (u, x) => u * x)]]),
        Bias("right", "", dy => dy.ColumnSums()),
        Bias("summed over the channels", "whose", dy => dy.T.ColumnSums(), said: "is that of an output gradient which is transposed"),
        Bias("the first row alone", "comes from index 0 of the output gradient's axis 0 alone", dy => dy.OnlyRow(0).ColumnSums()),
        Turn("turned again instead of back", "is flipped along axis 0 and 1", dy => Turned(dy)),
        Turn("not turned back", "is the output gradient dy as it came", dy => dy),
        new("turned by 90°", "is transposed: its numbers are in the order of axes (1, 0), and flipped along axis", [[3, 3]], [3, 3],
            v => [.. v[0].Select(Math.Sin)], (v, dy, _) => [Turned([.. v[0].Zip(dy, (x, u) => Math.Cos(x) * u)])]),
        Stencil("right", "", (taps, dy) => Correlated(dy, [.. taps.Reverse()])),
        Stencil("taps not flipped", "is J dy instead of Jᵀ dy", (taps, dy) => Correlated(dy, taps)),
        Stencil("clamped at the border", "all of them at index 0, 7 of axis 0",
            (taps, dy) => Correlated(dy, [.. taps.Reverse()], clamped: true)),
        new("samples mixed up", "is shifted by +1 along axis 0", [[4, 2]], [4, 2], v => [.. v[0].Select(x => x * x)],
            (v, dy, _) => [Rolled([.. v[0].Zip(dy, (x, u) => 2 * x * u)], 2)]),
        new("one of 400", "at index 8 of axis 0 and index 13 of axis 1", [[20, 20]], [20, 20], v => [.. v[0].Select(x => x * x)],
            (v, dy, _) => [[.. v[0].Zip(dy, (x, u) => 2 * x * u).Select((g, i) => i == 173 ? 1.01 * g : g)]]) { IsRare = true },
    ];

    private static Matrix M(double[] values, int rows, int columns) => new(values, rows, columns);

    private static Plant Product(string name, string said, int m, int k, int n, Func<Matrix, Matrix, Matrix, Matrix[]> backward) =>
        new(name, said, [[m, k], [k, n]], [m, n], v => (M(v[0], m, k) * M(v[1], k, n)).Values,
            (v, dy, _) => [.. backward(M(v[0], m, k), M(v[1], k, n), M(dy, m, n)).Select(gradient => gradient.Values)]);

    /// <summary>y = x + b, row by row, 3 × 3.</summary>
    private static Plant Bias(string name, string cause, Func<Matrix, double[]> backward, string said = "") =>
        new($"bias, {name}", said.Length > 0 ? said : cause, [[3, 3], [3]], [3, 3], v => [.. v[0].Select((x, i) => x + v[1][i % 3])],
            (_, dy, _) => [dy, backward(M(dy, 3, 3))]);

    private static Plant Turn(string name, string said, Func<double[], double[]> backward) =>
        new(name, said, [[3, 3]], [3, 3], v => Turned(v[0]), (_, dy, _) => [backward(dy)]);

    /// <summary>A stencil of three taps, zeros outside.</summary>
    private static Plant Stencil(string name, string said, Func<double[], double[], double[]> backward)
    {
        double[] taps = [0.3, 1.1, -0.7];
        return new($"stencil, {name}", said, [[8]], [8], v => Correlated(v[0], taps), (_, dy, _) => [backward(taps, dy)]);
    }

    private static double[] Correlated(double[] x, double[] taps, bool clamped = false)
    {
        double At(int i) => clamped ? x[Math.Clamp(i, 0, x.Length - 1)] : i < 0 || i >= x.Length ? 0 : x[i];
        return [.. x.Select((_, i) => taps[0] * At(i - 1) + taps[1] * At(i) + taps[2] * At(i + 1))];
    }

    private static double[] Turned(double[] x) => [.. Enumerable.Range(0, 9).Select(i => x[i % 3 * 3 + 2 - i / 3])];

    private static double[] Rolled(double[] x, int by) => [.. x.Select((_, i) => x[(i - by + x.Length) % x.Length])];

    /// <summary>A matrix in plain float64.</summary>
    private sealed record Matrix(double[] Values, int Rows, int Columns)
    {
        public Matrix T =>
            new([.. Enumerable.Range(0, Values.Length).Select(i => Values[i % Rows * Columns + i / Rows])], Columns, Rows);

        public static Matrix operator *(Matrix a, Matrix b) => new(
            [
                .. Enumerable.Range(0, a.Rows * b.Columns).Select(i => Enumerable.Range(0, a.Columns)
                    .Sum(k => a.Values[i / b.Columns * a.Columns + k] * b.Values[k * b.Columns + i % b.Columns])),
            ],
            a.Rows, b.Columns);

        public static Matrix operator *(double factor, Matrix a) => a with { Values = [.. a.Values.Select(value => factor * value)] };

        public Matrix OnlyRow(int row) => this with { Values = [.. Values.Select((value, i) => i / Columns == row ? value : 0)] };

        public double[] ColumnSums() =>
            [.. Enumerable.Range(0, Columns).Select(c => Enumerable.Range(0, Rows).Sum(r => Values[r * Columns + c]))];
    }
}
