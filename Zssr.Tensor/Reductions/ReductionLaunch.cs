using System.Numerics;

namespace Zssr.Tensors;

/// <summary>Runs the stages of a reduction, one kernel each, until one number a channel is left.</summary>
internal static class ReductionLaunch
{
    /// <summary>The elements of each channel combined and divided by <paramref name="divisor"/>, in the shape of the result.</summary>
    /// <param name="call">The operation; it owns what the stages leave behind.</param>
    /// <param name="x">At least one element, in rows of as many channels as the result has elements.</param>
    /// <param name="result">[C], or [] for one number over everything.</param>
    /// <param name="divisor">1, or the number of elements for a mean.</param>
    public static Tensor Run<T, TReduction>(DeviceCall call, Tensor x, Shape result, T divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TReduction : struct, IReduction
    {
        int channels = result.ElementCount;
        FoldStage stage = FoldStage.Of(x.Count, channels);
        bool isLast = stage.IsLast(channels);
        Tensor y = NewResult(call, stage, result, x.DType);
        call.Kernels.Launch(
            ReductionKernels.Fold<T, TReduction>, call.Elements(y), x.View<T>(), y.View<T>(), stage, isLast ? divisor : T.One);
        return isLast ? y : Run<T, TReduction>(call, y, result, divisor);
    }

    /// <summary>A tensor for what a stage leaves: of the result's own shape where that is all.</summary>
    public static Tensor NewResult(DeviceCall call, FoldStage stage, Shape result, DType dtype) =>
        call.New(stage.IsLast(result.ElementCount) ? result : [stage.ResultLength], dtype);

    /// <summary>What a reduction over no elements at all gives in every channel.</summary>
    public static Tensor Constant(DeviceCall call, Shape result, DType dtype, double value)
    {
        Tensor y = call.New(result, dtype);
        TensorElements.Fill(call, y, value);
        return y;
    }
}
