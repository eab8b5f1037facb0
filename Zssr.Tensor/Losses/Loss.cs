using System.Numerics;

namespace Zssr.Tensors;

/// <summary>
/// How far x is from a target: one number, and its gradient with respect to x (the target's is its negative). Each is computed in one
/// pass over x, without a temporary of x's size, and has the same bits in every run on a device.
/// </summary>
/// <remarks>
/// Weights say how much an element counts. They have x's own shape, or x's shape with a last axis of 1, one weight a pixel:
/// [N, H, W, 1] for x [N, H, W, C]. The mean is over all elements, whatever they weigh: equal weights of 2 double the loss.
/// </remarks>
public static class Loss
{
    /// <summary>mean of w·|x − t|, a scalar []; NaN for empty tensors. As PyTorch's l1_loss.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="target">t, of x's shape.</param>
    /// <param name="weights">w, see above; null means 1 everywhere.</param>
    /// <exception cref="ShapeException">The target's shape is not x's, or the weights' shape does not fit.</exception>
    public static Tensor L1(Tensor x, Tensor target, Tensor? weights = null) => Mean<AbsoluteError>("l1 loss", x, target, weights);

    /// <summary>mean of w·(x − t)², a scalar []; NaN for empty tensors. As PyTorch's mse_loss.</summary>
    /// <inheritdoc cref="L1"/>
    public static Tensor MeanSquared(Tensor x, Tensor target, Tensor? weights = null) =>
        Mean<SquaredError>("mean squared loss", x, target, weights);

    /// <summary>dx = scale · w·sign(x − t) / count, of x's shape, with sign(0) = 0: the gradient of <see cref="L1"/>.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="target">t, of x's shape.</param>
    /// <param name="weights">w, see above; null means 1 everywhere.</param>
    /// <param name="scale">The gradient of the loss: one element, read on the device.</param>
    /// <exception cref="ShapeException">The target's or the weights' shape does not fit x's, or scale is not one number.</exception>
    public static Tensor L1Gradient(Tensor x, Tensor target, Tensor? weights, Tensor scale) =>
        Gradient<AbsoluteError>("l1 loss gradient", x, target, weights, scale);

    /// <summary>dx = scale · 2w·(x − t) / count, of x's shape: the gradient of <see cref="MeanSquared"/>.</summary>
    /// <inheritdoc cref="L1Gradient"/>
    public static Tensor MeanSquaredGradient(Tensor x, Tensor target, Tensor? weights, Tensor scale) =>
        Gradient<SquaredError>("mean squared loss gradient", x, target, weights, scale);

    private static Tensor Mean<TLoss>(string operation, Tensor x, Tensor target, Tensor? weights)
        where TLoss : struct, ILoss
    {
        using DeviceCall call = weights is null ? DeviceCall.Begin(operation, x, target) : DeviceCall.Begin(operation, x, target, weights);
        Check.SameShape(call, x, target);
        int elementsPerWeight = ElementsPerWeight(call, x, weights);
        if (x.Count == 0)
            return call.Result(ReductionLaunch.Constant(call, [], x.DType, double.NaN));
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            return call.Result(MeanOnHost<TLoss>(call, host, x, target, weights, elementsPerWeight));
        return call.Result(x.DType == DType.Float32
            ? Mean<float, TLoss>(call, x, target, weights, elementsPerWeight)
            : Mean<double, TLoss>(call, x, target, weights, elementsPerWeight));
    }

    private static Tensor Mean<T, TLoss>(DeviceCall call, Tensor x, Tensor target, Tensor? weights, int elementsPerWeight)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLoss : struct, ILoss
    {
        T count = T.CreateChecked(x.Count);
        FoldStage stage = FoldStage.Of(x.Count, channels: 1);
        bool isLast = stage.IsLast(channels: 1);
        Tensor y = ReductionLaunch.NewResult(call, stage, [], x.DType);
        call.Kernels.Launch(
            LossKernels.FoldErrors<T, TLoss>, call.Elements(y),
            x.View<T>(), target.View<T>(), (weights ?? x).View<T>(), elementsPerWeight, y.View<T>(), stage, isLast ? count : T.One);
        return isLast ? y : ReductionLaunch.Run<T, SumReduction>(call, y, [], count);
    }

    private static unsafe Tensor MeanOnHost<TLoss>(
        DeviceCall call, Host host, Tensor x, Tensor target, Tensor? weights, int elementsPerWeight)
        where TLoss : struct, ILoss
    {
        Tensor y = call.New([], x.DType);
        var perElement = new LossWeights(weights is null ? null : weights.Pointer, elementsPerWeight);
        *y.Pointer = HostLosses.Mean<TLoss>(host, x.Pointer, target.Pointer, perElement, x.Count);
        return y;
    }

    private static Tensor Gradient<TLoss>(string operation, Tensor x, Tensor target, Tensor? weights, Tensor scale)
        where TLoss : struct, ILoss
    {
        using DeviceCall call = weights is null
            ? DeviceCall.Begin(operation, x, target, scale)
            : DeviceCall.Begin(operation, x, target, scale, weights);
        Check.SameShape(call, x, target);
        if (scale.Count != 1)
            throw new ShapeException($"{call}: the scale has shape {scale.Shape}; it must be one number, [], the gradient of the loss.");
        int elementsPerWeight = ElementsPerWeight(call, x, weights);
        Tensor dx = call.New(x.Shape, x.DType);
        if (x.Count == 0)
            return call.Result(dx);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            GradientOnHost<TLoss>(host, x, target, weights, elementsPerWeight, scale, dx);
        else if (x.DType == DType.Float32)
            Gradient<float, TLoss>(call, x, target, weights, elementsPerWeight, scale, dx);
        else
            Gradient<double, TLoss>(call, x, target, weights, elementsPerWeight, scale, dx);
        return call.Result(dx);
    }

    private static unsafe void GradientOnHost<TLoss>(
        Host host, Tensor x, Tensor target, Tensor? weights, int elementsPerWeight, Tensor scale, Tensor dx)
        where TLoss : struct, ILoss
    {
        var perElement = new LossWeights(weights is null ? null : weights.Pointer, elementsPerWeight);
        float share = *scale.Pointer / x.Count;
        HostLosses.Gradient<TLoss>(host, x.Pointer, target.Pointer, perElement, share, dx.Pointer, x.Count);
    }

    private static void Gradient<T, TLoss>(
        DeviceCall call, Tensor x, Tensor target, Tensor? weights, int elementsPerWeight, Tensor scale, Tensor dx)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLoss : struct, ILoss
    {
        call.Kernels.Launch(
            LossKernels.Gradient<T, TLoss>, call.Elements(dx), x.View<T>(), target.View<T>(), (weights ?? x).View<T>(), elementsPerWeight,
            scale.View<T>(), T.CreateChecked(x.Count), dx.View<T>());
    }

    /// <summary>How many consecutive elements of x share a weight; 0 where there are no weights.</summary>
    private static int ElementsPerWeight(DeviceCall call, Tensor x, Tensor? weights)
    {
        if (weights is null)
            return 0;
        if (weights.Shape == x.Shape)
            return 1;
        bool perPixel = x.Shape.Rank > 0 && weights.Shape.Rank == x.Shape.Rank && weights.Shape[^1] == 1
            && weights.Shape.Sizes[..^1].SequenceEqual(x.Shape.Sizes[..^1]);
        if (!perPixel)
        {
            throw new ShapeException(
                $"{call}: weights {weights.Shape} do not fit x {x.Shape}. "
                + "They must have x's shape, or x's shape with a last axis of 1 (one weight per pixel).");
        }

        return x.Shape[^1];
    }
}
