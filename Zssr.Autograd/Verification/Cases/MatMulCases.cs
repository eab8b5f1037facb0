using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of the matrix product: each way of transposing, by every kernel that the device can run.</summary>
internal static class MatMulCases
{
    private static readonly (bool A, bool B)[] Transpositions = [(false, false), (true, false), (false, true), (true, true)];

    public static IEnumerable<OpCase> All() => [.. Gradients(), .. Kernels(), .. Stacks(), .. Sums(), Infinite()];

    /// <summary>Small ones, whose gradients are checked: the gradients' gradients come with them.</summary>
    private static IEnumerable<OpCase> Gradients()
    {
        foreach ((int rows, int depth, int columns) in new[] { (3, 4, 5), (1, 1, 1), (1, 7, 2), (4, 1, 3) })
        {
            foreach ((bool a, bool b) in Transpositions)
            {
                yield return OpCase.Of(
                    "matmul", Name(rows, depth, columns, a, b), Factor(rows, depth, a, 81), Factor(depth, columns, b, 82),
                    (x, y) => MatMulFunction.Apply(x, y, a, b), (x, y) => PlainMatMul.Multiply(x, y, a, b)).Sum();
            }
        }
    }

    /// <summary>Larger ones, around the sizes of vectors, panels and tiles, and without any depth.</summary>
    private static IEnumerable<OpCase> Kernels()
    {
        (int Rows, int Depth, int Columns)[] sizes = [(64, 64, 64), (65, 9, 70), (7, 130, 33), (32, 288, 32), (40, 17, 16), (5, 0, 3)];
        foreach (MatMulAlgorithm algorithm in Enum.GetValues<MatMulAlgorithm>())
        {
            foreach ((int rows, int depth, int columns) in sizes)
            {
                foreach ((bool a, bool b) in Transpositions)
                {
                    string name = algorithm.ToString().ToLowerInvariant();
                    yield return new OpCase(
                        "matmul", $"{name}, {Name(rows, depth, columns, a, b)}",
                        [Factor(rows, depth, a, 83), Factor(depth, columns, b, 84)],
                        t => MatMul.Multiply(t[0], t[1], a, b, algorithm), h => PlainMatMul.Multiply(h[0], h[1], a, b))
                    {
                        Fits = device => MatMul.Fits(device, algorithm),
                        IsQuick = algorithm == MatMulAlgorithm.Auto && rows == 65 && !a && b,
                    }.Sum();
                }
            }
        }
    }

    /// <summary>Stacks of matrices: small ones with gradients, then one for each kernel.</summary>
    private static IEnumerable<OpCase> Stacks()
    {
        foreach ((bool a, bool b) in Transpositions)
        {
            yield return OpCase.Of(
                "matmul", $"2 × 3 of {Name(2, 3, 4, a, b)}", Stack([2, 3], 2, 3, a, 90), Stack([2, 3], 3, 4, b, 91),
                (x, y) => MatMulFunction.Apply(x, y, a, b), (x, y) => PlainMatMul.MultiplyStacks(x, y, a, b)).Sum();
            foreach (MatMulAlgorithm algorithm in Enum.GetValues<MatMulAlgorithm>())
            {
                yield return new OpCase(
                    "matmul", $"{algorithm.ToString().ToLowerInvariant()}, 3 of {Name(70, 33, 18, a, b)}",
                    [Stack([3], 70, 33, a, 92), Stack([3], 33, 18, b, 93)],
                    t => MatMul.Multiply(t[0], t[1], a, b, algorithm), h => PlainMatMul.MultiplyStacks(h[0], h[1], a, b))
                {
                    Fits = device => MatMul.Fits(device, algorithm),
                }.Sum();
            }
        }
    }

    /// <summary>α · a · b + β · c.</summary>
    private static IEnumerable<OpCase> Sums()
    {
        foreach (MatMulAlgorithm algorithm in Enum.GetValues<MatMulAlgorithm>())
        {
            string name = algorithm.ToString().ToLowerInvariant();
            yield return new OpCase(
                "matmul", $"{name}, 35 × 20 × 18, plus a matrix",
                [Factor(35, 20, false, 85), Factor(20, 18, false, 86), Factor(35, 18, false, 87)],
                t => MatMul.MultiplyAdd(t[0], t[1], t[2], alpha: 2.5, beta: -0.75, algorithm: algorithm),
                h => new HostArray(
                    h[2].Shape,
                    [.. PlainMatMul.Multiply(h[0], h[1]).Data.Zip(h[2].Data, (product, c) => 2.5 * product - 0.75 * c)]))
            {
                Fits = device => MatMul.Fits(device, algorithm),
            }.Sum();
        }
    }

    /// <summary>Infinities and NaN spoil their row or their column, and no other.</summary>
    private static OpCase Infinite()
    {
        HostArray a = Factor(7, 5, false, 88), b = Factor(5, 18, false, 89);
        a.Data[6 * 5 + 2] = double.PositiveInfinity;
        b.Data[3 * 18 + 17] = double.NaN;
        return OpCase.Of(
            "matmul", "infinity and NaN", a, b, (x, y) => MatMulFunction.Apply(x, y), (x, y) => PlainMatMul.Multiply(x, y))
            .Sum().WithoutGradientCheck();
    }

    private static HostArray Factor(int rows, int columns, bool isTransposed, int seed) =>
        CaseInputs.Arbitrary(isTransposed ? [columns, rows] : [rows, columns], seed);

    private static HostArray Stack(Shape stack, int rows, int columns, bool isTransposed, int seed) =>
        CaseInputs.Arbitrary(isTransposed ? [.. stack, columns, rows] : [.. stack, rows, columns], seed);

    private static string Name(int rows, int depth, int columns, bool a, bool b) => $"{rows} × {depth} × {columns}" + (a, b) switch
    {
        (true, true) => ", both transposed",
        (true, false) => ", a transposed",
        (false, true) => ", b transposed",
        _ => "",
    };
}
