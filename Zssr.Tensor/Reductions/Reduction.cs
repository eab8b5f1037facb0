using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// Sums, means and the like over all elements or over all pixels of each channel. The order of every sum is fixed by the shape and, on
/// <c>cpu</c>, by the number of threads and the width of vectors: the same input gives the same bits in each run on a device opened alike.
/// Errors of float32 grow with the logarithm of the count, not with the count (see <see cref="FoldStage"/>).
/// </summary>
public static unsafe class Reduction
{
    /// <summary>The sum of all elements, a scalar []; 0 for an empty tensor.</summary>
    public static Tensor Sum(Tensor x) => Reduce<SumReduction>("sum", x, [], divisor: 1, ofNothing: 0);

    /// <summary>The mean of all elements, a scalar []; NaN for an empty tensor, as in PyTorch.</summary>
    public static Tensor Mean(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reduce<SumReduction>("mean", x, [], divisor: x.Count, ofNothing: double.NaN);
    }

    /// <summary>The largest element, a scalar []; NaN where any element is NaN, as in PyTorch.</summary>
    /// <exception cref="ShapeException">The tensor is empty.</exception>
    public static Tensor Max(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Count > 0
            ? Reduce<MaxReduction>("max", x, [], divisor: 1, ofNothing: double.NaN)
            : throw new ShapeException($"max: the tensor {x.Shape} has no elements, so it has no largest one. Check for Count == 0 first.");
    }

    /// <summary>Σ x over some axes: y[kept axes] = Σ over the others of x[…].</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Which axes are summed over, counted from 0, or from −1 backward; none named: all.</param>
    /// <param name="keepsAxes">Whether the axes stay, with size 1.</param>
    /// <returns>x's shape without the axes, or with 1 in their places; zeros where there is nothing to sum.</returns>
    /// <exception cref="ShapeException">x has no such axis, or it is named twice.</exception>
    public static Tensor Sum(Tensor x, ReadOnlySpan<int> axes, bool keepsAxes = false) =>
        OverAxes("sum", x, axes, keepsAxes, SumChannels);

    /// <summary>The largest x over some axes; NaN where one is NaN.</summary>
    /// <param name="x">Any shape with at least one element.</param>
    /// <param name="axes">Over which axes, counted from 0, or from −1 backward; none named: all.</param>
    /// <param name="keepsAxes">Whether the axes stay, with size 1.</param>
    /// <returns>x's shape without the axes, or with 1 in their places.</returns>
    /// <exception cref="ShapeException">x has no such axis, it is named twice, or x is empty.</exception>
    public static Tensor Max(Tensor x, ReadOnlySpan<int> axes, bool keepsAxes = false) =>
        OverAxes("max", x, axes, keepsAxes, MaxChannels);

    /// <summary>y[c] = the largest x[…, c] over all pixels: x [..., C] gives [C]; NaN where one is NaN.</summary>
    /// <exception cref="ShapeException">x is a scalar, or empty.</exception>
    public static Tensor MaxChannels(Tensor x)
    {
        Shape channels = Channels("max of channels", x);
        return x.Count > 0
            ? Reduce<MaxReduction>("max of channels", x, channels, divisor: 1, ofNothing: double.NaN)
            : throw new ShapeException($"max: the tensor {x.Shape} has no elements, so it has no largest one. Check for Count == 0 first.");
    }

    /// <summary>
    /// A reduction over some axes as one over pixels: the axes are brought to the front, and what is kept becomes channels. So the order of
    /// every sum is that of the channels' sums, fixed by the shape.
    /// </summary>
    private static Tensor OverAxes(string operation, Tensor x, ReadOnlySpan<int> axes, bool keepsAxes, Func<Tensor, Tensor> ofChannels)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] reduced = AxisList.Of(operation, x.Shape, axes);
        int[] kept = [.. Enumerable.Range(0, x.Shape.Rank).Except(reduced)];
        Shape result = AxisList.Reduced(x.Shape, reduced, keepsAxes);
        bool isInOrder = reduced.Length == 0 || reduced[^1] == reduced.Length - 1;
        using Tensor ordered = isInOrder ? x.Share() : Strided.Permute(x, [.. reduced, .. kept]);
        using Tensor rows = ordered.Reshape([reduced.Aggregate(1, (count, axis) => count * x.Shape[axis]), result.ElementCount]);
        using Tensor channels = ofChannels(rows);
        return channels.Reshape(result);
    }

    /// <summary>y[c] = Σ x[…, c] over all pixels: x [..., C] gives [C], zeros where there are no pixels. The gradient of a bias.</summary>
    /// <exception cref="ShapeException">x is a scalar: it has no channel axis.</exception>
    public static Tensor SumChannels(Tensor x) =>
        Reduce<SumReduction>("sum channels", x, Channels("sum channels", x), divisor: 1, ofNothing: 0);

    /// <summary>y[c] = the mean of x[…, c] over all pixels: x [..., C] gives [C], NaN where there are no pixels.</summary>
    /// <exception cref="ShapeException">x is a scalar: it has no channel axis.</exception>
    public static Tensor MeanChannels(Tensor x)
    {
        Shape channels = Channels("mean channels", x);
        return Reduce<SumReduction>("mean channels", x, channels, Pixels(x), ofNothing: double.NaN);
    }

    /// <summary>
    /// y[c] = the mean of (x[…, c] − mean of the channel)² over all pixels, the population variance: x [..., C] gives [C], NaN where
    /// there are no pixels. Two passes, the mean first: the textbook's E[x²] − E[x]² loses all digits where the mean is large.
    /// </summary>
    /// <exception cref="ShapeException">x is a scalar: it has no channel axis.</exception>
    public static Tensor VarianceChannels(Tensor x)
    {
        Shape channels = Channels("variance channels", x);
        using DeviceCall call = DeviceCall.Begin("variance channels", x);
        if (x.Count == 0)
            return call.Result(ReductionLaunch.Constant(call, channels, x.DType, double.NaN));
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
        {
            Tensor mean = call.New(channels, x.DType), variance = call.New(channels, x.DType);
            HostReductions.ChannelMoments(host, x.Pointer, Pixels(x), channels.ElementCount, mean.Pointer, variance.Pointer);
            return call.Result(variance);
        }

        return call.Result(x.DType == DType.Float32 ? Variance<float>(call, x, channels) : Variance<double>(call, x, channels));
    }

    private static Tensor Reduce<TReduction>(string operation, Tensor x, Shape result, double divisor, double ofNothing)
        where TReduction : struct, IReduction
    {
        using DeviceCall call = DeviceCall.Begin(operation, x);
        if (x.Count == 0)
            return call.Result(ReductionLaunch.Constant(call, result, x.DType, ofNothing));
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            return call.Result(OnHost<TReduction>(call, host, x, result, divisor));
        return call.Result(x.DType == DType.Float32
            ? ReductionLaunch.Run<float, TReduction>(call, x, result, (float)divisor)
            : ReductionLaunch.Run<double, TReduction>(call, x, result, divisor));
    }

    /// <summary>The SIMD loops of the processor, which sum in float64.</summary>
    private static Tensor OnHost<TReduction>(DeviceCall call, Host host, Tensor x, Shape result, double divisor)
        where TReduction : struct, IReduction
    {
        Tensor y = call.New(result, x.DType);
        if (typeof(TReduction) == typeof(MaxReduction) && result.Rank == 1)
            host.Run(new ChannelMaxWork(x.Pointer, x.Count / result.ElementCount, result.ElementCount, y.Pointer));
        else if (typeof(TReduction) == typeof(MaxReduction))
            *y.Pointer = HostReductions.Max(host, x.Pointer, x.Count);
        else if (result.Rank == 0)
            *y.Pointer = HostReductions.Sum(host, x.Pointer, x.Count, divisor);
        else
            HostReductions.ChannelSums(host, x.Pointer, x.Count / result.ElementCount, result.ElementCount, y.Pointer, divisor);
        return y;
    }

    private static Tensor Variance<T>(DeviceCall call, Tensor x, Shape channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T pixels = T.CreateChecked(Pixels(x));
        Tensor mean = ReductionLaunch.Run<T, SumReduction>(call, x, channels, pixels);

        FoldStage stage = FoldStage.Of(x.Count, mean.Count);
        bool isLast = stage.IsLast(mean.Count);
        Tensor y = ReductionLaunch.NewResult(call, stage, channels, x.DType);
        call.Kernels.Launch(
            ReductionKernels.FoldSquaredDeviations, call.Elements(y),
            x.View<T>(), mean.View<T>(), y.View<T>(), stage, isLast ? pixels : T.One);
        return isLast ? y : ReductionLaunch.Run<T, SumReduction>(call, y, channels, pixels);
    }

    /// <summary>[C], for x of shape [..., C].</summary>
    private static Shape Channels(string operation, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Shape.Rank > 0
            ? [x.Shape[^1]]
            : throw new ShapeException($"{operation}: a scalar [] has no channels; x must be [..., C]. Reshape it to [1] for one channel.");
    }

    private static int Pixels(Tensor x) => x.Count == 0 ? 0 : x.Count / x.Shape[^1];
}
