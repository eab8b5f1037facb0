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
            yield return OpCase.Of("sum", $"{shape}", x, SumFunction.Apply, Sum).Sum();
            yield return OpCase.Of("mean", $"{shape}", x, MeanFunction.Apply, Mean).Sum();
            yield return OpCase.Of("max of all", $"{shape}", CaseInputs.Distinct(shape, 22), MaxFunction.Apply, Max);
        }

        HostArray many = CaseInputs.Positive([100_003], 23);
        yield return OpCase.Of("sum", "100003 elements", many, SumFunction.Apply, Sum).WithoutGradientCheck().Quick();
        yield return OpCase.Of("max of all", "100003 elements", many, MaxFunction.Apply, Max).WithoutGradientCheck();
    }

    private static IEnumerable<OpCase> Channels()
    {
        foreach (Shape shape in new Shape[] { [1, 1, 1, 1], [4, 3], [2, 3, 5, 3], [1, 3, 2, 17] })
        {
            HostArray x = CaseInputs.Arbitrary(shape, 24);
            yield return OpCase.Of("sum of channels", $"{shape}", x, SumChannelsFunction.Apply, SumChannels).Sum();
            yield return OpCase.Of("mean of channels", $"{shape}", x, MeanChannelsFunction.Apply, MeanChannels).Sum();
            yield return OpCase.Of("variance of channels", $"{shape}", x, VarianceChannelsFunction.Apply, VarianceChannels).Sum();
        }

        HostArray image = CaseInputs.Arbitrary([1, 61, 67, 64], 25);
        yield return OpCase.Of("sum of channels", $"{image.Shape}", image, SumChannelsFunction.Apply, SumChannels)
            .Sum(1e-5).WithoutGradientCheck();

        yield return OpCase.Of(
            "broadcast", "a number", HostArray.Scalar(1.5),
            v => BroadcastFunction.Apply(v, [2, 3]), h => HostArray.Zeros([2, 3]).Map(_ => h.Data[0]));
        yield return OpCase.Of(
            "broadcast", "channels", CaseInputs.Arbitrary([3], 26),
            v => BroadcastFunction.Apply(v, [2, 2, 3]),
            h => new HostArray([2, 2, 3], [.. Enumerable.Range(0, 12).Select(i => h.Data[i % 3])]));
    }

    private static IEnumerable<OpCase> Extremes()
    {
        HostArray withNaN = new([5], [1, double.NaN, 3, 2, 9]), withInfinity = new([4], [1, double.PositiveInfinity, 2, 3]);
        HostArray nan = HostArray.Scalar(double.NaN), infinity = HostArray.Scalar(double.PositiveInfinity);
        yield return OpCase.Of("max of all", "NaN", withNaN, MaxFunction.Apply, _ => nan).WithoutGradientCheck();
        yield return OpCase.Of("sum", "NaN", withNaN, SumFunction.Apply, _ => nan).WithoutGradientCheck();
        yield return OpCase.Of("sum", "infinity", withInfinity, SumFunction.Apply, _ => infinity).WithoutGradientCheck();
    }

    private static HostArray Sum(HostArray x) => HostArray.Scalar(x.Data.Sum());

    private static HostArray Mean(HostArray x) => HostArray.Scalar(x.Data.Average());

    private static HostArray Max(HostArray x) => HostArray.Scalar(x.Data.Max());

    private static HostArray SumChannels(HostArray x) => PerChannel(x, channel => channel.Sum());

    private static HostArray MeanChannels(HostArray x) => PerChannel(x, channel => channel.Average());

    private static HostArray VarianceChannels(HostArray x) => PerChannel(x, channel =>
    {
        double mean = channel.Average();
        return channel.Average(value => (value - mean) * (value - mean));
    });

    private static HostArray PerChannel(HostArray x, Func<double[], double> function)
    {
        int channels = x.Shape[^1];
        double[] Channel(int c) => [.. x.Data.Where((_, i) => i % channels == c)];
        return new HostArray([channels], [.. Enumerable.Range(0, channels).Select(c => function(Channel(c)))]);
    }
}
