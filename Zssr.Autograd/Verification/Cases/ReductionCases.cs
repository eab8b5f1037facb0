using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Cases of sums, means, maxima, and channel statistics.</summary>
internal static class ReductionCases
{
    // One element, odd counts, and one that every stage of a sum sees.
    private static readonly Shape[] Shapes = [[1], [7], [2, 3, 5, 3]];

    public static IEnumerable<OpCase> All() => Whole().Concat(Channels()).Concat(Extremes());

    private static IEnumerable<OpCase> Whole()
    {
        foreach (Shape shape in Shapes)
        {
            HostArray x = CaseInputs.Arbitrary(shape, 21);
            yield return new OpCase("sum", $"{shape}", [x], v => SumFunction.Apply(v[0]), h => HostArray.Scalar(h[0].Data.Sum())).Sum();
            yield return new OpCase("mean", $"{shape}", [x], v => MeanFunction.Apply(v[0]), h => HostArray.Scalar(h[0].Data.Average())).Sum();
            yield return new OpCase("max of all", $"{shape}", [CaseInputs.Distinct(shape, 22)], v => MaxFunction.Apply(v[0]), h => HostArray.Scalar(h[0].Data.Max()));
        }

        HostArray many = CaseInputs.Positive([100_003], 23);
        yield return new OpCase("sum", "100003 elements", [many], v => SumFunction.Apply(v[0]), h => HostArray.Scalar(h[0].Data.Sum())).WithoutGradientCheck().Quick();
        yield return new OpCase("max of all", "100003 elements", [many], v => MaxFunction.Apply(v[0]), h => HostArray.Scalar(h[0].Data.Max())).WithoutGradientCheck();
    }

    private static IEnumerable<OpCase> Channels()
    {
        foreach (Shape shape in new Shape[] { [1, 1, 1, 1], [4, 3], [2, 3, 5, 3], [1, 3, 2, 17] })
        {
            HostArray x = CaseInputs.Arbitrary(shape, 24);
            yield return new OpCase("sum of channels", $"{shape}", [x], v => SumChannelsFunction.Apply(v[0]), h => PerChannel(h[0], c => c.Sum())).Sum();
            yield return new OpCase("mean of channels", $"{shape}", [x], v => MeanChannelsFunction.Apply(v[0]), h => PerChannel(h[0], c => c.Average())).Sum();
            yield return new OpCase("variance of channels", $"{shape}", [x], v => VarianceChannelsFunction.Apply(v[0]), h => PerChannel(h[0], Variance)).Sum();
        }

        HostArray image = CaseInputs.Arbitrary([1, 61, 67, 64], 25);
        yield return new OpCase("sum of channels", "[1, 61, 67, 64]", [image], v => SumChannelsFunction.Apply(v[0]), h => PerChannel(h[0], c => c.Sum())).Sum(1e-5).WithoutGradientCheck();

        yield return new OpCase(
            "broadcast", "a number", [HostArray.Scalar(1.5)], v => BroadcastFunction.Apply(v[0], [2, 3]), h => HostArray.Zeros([2, 3]).Map(_ => h[0].Data[0]));
        yield return new OpCase(
            "broadcast", "channels", [CaseInputs.Arbitrary([3], 26)], v => BroadcastFunction.Apply(v[0], [2, 2, 3]),
            h => new HostArray([2, 2, 3], [.. Enumerable.Range(0, 12).Select(i => h[0].Data[i % 3])]));
    }

    private static IEnumerable<OpCase> Extremes()
    {
        HostArray withNaN = new([5], [1, double.NaN, 3, 2, 9]), withInfinity = new([4], [1, double.PositiveInfinity, 2, 3]);
        yield return new OpCase("max of all", "NaN", [withNaN], v => MaxFunction.Apply(v[0]), _ => HostArray.Scalar(double.NaN)).WithoutGradientCheck();
        yield return new OpCase("sum", "NaN", [withNaN], v => SumFunction.Apply(v[0]), _ => HostArray.Scalar(double.NaN)).WithoutGradientCheck();
        yield return new OpCase("sum", "infinity", [withInfinity], v => SumFunction.Apply(v[0]), _ => HostArray.Scalar(double.PositiveInfinity)).WithoutGradientCheck();
    }

    private static HostArray PerChannel(HostArray x, Func<double[], double> function)
    {
        int channels = x.Shape[^1];
        return new HostArray([channels], [.. Enumerable.Range(0, channels).Select(c => function([.. x.Data.Where((_, i) => i % channels == c)]))]);
    }

    private static double Variance(double[] x)
    {
        double mean = x.Average();
        return x.Average(value => (value - mean) * (value - mean));
    }
}
