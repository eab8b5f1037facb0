using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of what works along axes: exchanging and repeating them, reducing over them, and the softmax family.</summary>
internal static class AxisCases
{
    public static IEnumerable<OpCase> All() => [.. Walks(), .. Together(), .. Reductions(), .. Softmaxes(), .. Picks()];

    private static IEnumerable<OpCase> Walks()
    {
        HostArray x = CaseInputs.Arbitrary([2, 3, 1, 4], 101), matrix = CaseInputs.Arbitrary([67, 41], 102);
        foreach (int[] order in new int[][] { [0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 2, 3], [0, 2, 3, 1], [2, 3, 0, 1] })
        {
            yield return OpCase.Of(
                "permute", string.Join(" ", order), x, v => PermuteFunction.Apply(v, order), h => PlainAxes.Permute(h, order));
        }

        yield return OpCase.Of(
            "permute", "a matrix, counted backward", matrix,
            v => PermuteFunction.Apply(v, -1, -2), h => PlainAxes.Permute(h, 1, 0)).WithoutGradientCheck().Quick();
        yield return OpCase.Of("permute", "a scalar", HostArray.Scalar(2), v => PermuteFunction.Apply(v), h => h);
        HostArray many = CaseInputs.Arbitrary([2, 2, 2, 2, 2, 2], 103);
        yield return OpCase.Of(
            "permute", "six axes", many,
            v => PermuteFunction.Apply(v, 4, 2, 0, 5, 3, 1), h => PlainAxes.Permute(h, 4, 2, 0, 5, 3, 1)).WithoutGradientCheck();

        foreach ((Shape from, Shape to) in new (Shape, Shape)[]
        {
            ([], [2, 3]), ([3], [2, 3]), ([2, 1], [2, 3]), ([1, 3], [2, 3]), ([2, 1, 3, 1], [2, 2, 3, 2]), ([1], [1]), ([1, 1], [3, 1, 2]),
        })
        {
            yield return OpCase.Of(
                "expand", $"{from} to {to}", CaseInputs.Arbitrary(from, 104),
                v => ExpandFunction.Apply(v, to), h => PlainAxes.Expand(h, to));
        }
    }

    /// <summary>Functions of two arguments of different shapes.</summary>
    private static IEnumerable<OpCase> Together()
    {
        foreach ((Shape x, Shape y, Shape z) in new (Shape, Shape, Shape)[]
        {
            ([2, 3], [2, 1], [2, 3]), ([2, 1], [1, 3], [2, 3]), ([3], [2, 3], [2, 3]), ([], [3], [3]), ([2, 3], [], [2, 3]),
            ([2, 1, 3], [4, 1], [2, 4, 3]),
        })
        {
            HostArray a = CaseInputs.Arbitrary(x, 105), b = CaseInputs.Positive(y, 106);
            yield return OpCase.Of(
                "add", $"{x} and {y}", a, b, AddFunction.Apply, (p, q) => PlainAxes.Zip(p, q, z, (u, v) => u + v));
            yield return OpCase.Of(
                "div", $"{x} and {y}", a, b, DivideFunction.Apply, (p, q) => PlainAxes.Zip(p, q, z, (u, v) => u / v));
            yield return OpCase.Of(
                "mul", $"{y} and {x}", b, a, MultiplyFunction.Apply, (p, q) => PlainAxes.Zip(p, q, z, (u, v) => u * v));
        }
    }

    private static IEnumerable<OpCase> Reductions()
    {
        Shape shape = [2, 3, 1, 4];
        HostArray x = CaseInputs.Arbitrary(shape, 107), distinct = CaseInputs.Distinct(shape, 108);
        foreach (int[] axes in new int[][] { [0], [1], [3], [0, 1], [1, 3], [0, 3], [2], [0, 1, 2, 3] })
        {
            string over = string.Join(" ", axes);
            Shape left = [.. Enumerable.Range(0, 4).Except(axes).Select(axis => shape[axis])];
            Func<HostArray, HostArray> Of(Func<double[], double> function) => h => PlainAxes.Reduce(h, axes, function) with { Shape = left };
            yield return OpCase.Of("sum over axes", over, x, v => SumAxesFunction.Apply(v, axes), Of(Enumerable.Sum)).Sum();
            yield return OpCase.Of("mean over axes", over, x, v => OverAxes.Mean(v, axes), Of(Enumerable.Average)).Sum();
            yield return OpCase.Of("max over axes", over, distinct, v => MaxAxesFunction.Apply(v, axes), Of(Enumerable.Max));
            yield return OpCase.Of("min over axes", over, distinct, v => OverAxes.Min(v, axes), Of(Enumerable.Min));
            yield return OpCase.Of("variance over axes", over, x, v => OverAxes.Variance(v, axes), Of(Variance)).Sum();
            yield return OpCase.Of("log-sum-exp", over, x, v => OverAxes.LogSumExp(v, axes), Of(LogSumExp)).Sum();
        }

        yield return OpCase.Of(
            "sum over axes", "kept", x, v => SumAxesFunction.Apply(v, [-1, 1], keepsAxes: true),
            h => PlainAxes.Reduce(h, [1, 3], Enumerable.Sum)).Sum();
        HostArray large = CaseInputs.Arbitrary([37, 65, 19], 109);
        yield return OpCase.Of(
            "max over axes", "the middle one of [37, 65, 19]", large,
            v => MaxAxesFunction.Apply(v, [1], keepsAxes: true), h => PlainAxes.Reduce(h, [1], Enumerable.Max)).WithoutGradientCheck();
        HostArray withNaN = new([2, 3], [1, double.NaN, 3, 2, 9, double.PositiveInfinity]);
        yield return OpCase.Of(
            "max over axes", "NaN", withNaN, v => MaxAxesFunction.Apply(v, [1]),
            _ => new HostArray([2], [double.NaN, double.PositiveInfinity])).WithoutGradientCheck();
    }

    private static IEnumerable<OpCase> Softmaxes()
    {
        HostArray x = CaseInputs.Arbitrary([2, 3, 4], 110);
        for (int axis = 0; axis < 3; axis++)
        {
            int along = axis;
            yield return OpCase.Of(
                "softmax", $"axis {axis}", x, v => OverAxes.Softmax(v, along), h => Shares(h, along).Map(Math.Exp)).Sum();
            yield return OpCase.Of("log-softmax", $"axis {axis}", x, v => OverAxes.LogSoftmax(v, along), h => Shares(h, along)).Sum();
        }

        // Numbers whose exp overflows, and a mask.
        HostArray large = new([2, 3], [1000, 1001, 999, -1000, double.NegativeInfinity, -1001]);
        yield return OpCase.Of("softmax", "large numbers and a mask", large, v => OverAxes.Softmax(v), h => Shares(h, 1).Map(Math.Exp))
            .Sum().WithoutGradientCheck();
        yield return OpCase.Of("log-softmax", "large numbers and a mask", large, v => OverAxes.LogSoftmax(v), h => Shares(h, 1))
            .Sum(1e-4).WithoutGradientCheck();
        yield return OpCase.Of(
            "cross-entropy", "", CaseInputs.Arbitrary([3, 4], 111),
            v => CrossEntropy.Apply(v, [2, 0, 3]), h => CrossEntropyOf(h, [2, 0, 3])).Sum();
    }

    private static IEnumerable<OpCase> Picks()
    {
        HostArray x = CaseInputs.Arbitrary([2, 2, 3], 112), few = CaseInputs.Arbitrary([2, 2], 113);
        int[] indexes = [2, 0, 0, 1];
        yield return OpCase.Of(
            "pick", "", x, v => PickFunction.Apply(v, indexes),
            h => new HostArray([2, 2], [.. indexes.Select((index, row) => h.Data[3 * row + index])]));
        yield return OpCase.Of(
            "put", "", few, v => PutFunction.Apply(v, indexes, 3),
            h => new HostArray([2, 2, 3], [.. Enumerable.Range(0, 12).Select(i => indexes[i / 3] == i % 3 ? h.Data[i / 3] : 0)]));
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static double LogSumExp(double[] values)
    {
        double largest = values.Max();
        return largest + Math.Log(values.Sum(value => Math.Exp(value - largest)));
    }

    /// <summary>The logarithms of the shares along an axis.</summary>
    private static HostArray Shares(HostArray x, int axis) =>
        PlainAxes.Zip(x, PlainAxes.Reduce(x, [axis], LogSumExp), x.Shape, (value, sum) => value - sum);

    private static HostArray CrossEntropyOf(HostArray logits, int[] classes)
    {
        HostArray shares = Shares(logits, 1);
        return HostArray.Scalar(-classes.Select((c, row) => shares.Data[row * logits.Shape[1] + c]).Average());
    }
}
