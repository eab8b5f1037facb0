using System.Numerics;

namespace Zssr.Tensors;

/// <summary>The median over a stack of tensors, element by element: how a self-ensemble's members are joined into one image.</summary>
public static class Median
{
    /// <summary>
    /// y[…] = the middle one of stack[0, …], …, stack[n − 1, …] in ascending order; for even n as <paramref name="kind"/> says.
    /// NaN where any of the n is NaN, as in PyTorch.
    /// </summary>
    /// <param name="stack">[n, …], n of 1 or more.</param>
    /// <param name="kind">The lower middle value or the mean of both; matters for even n only.</param>
    /// <returns>[…]: the stack's shape without its first axis.</returns>
    /// <remarks>Exact: a selection, and one rounding of the mean. The work grows with n²; meant for the dozen of an ensemble.</remarks>
    /// <exception cref="ShapeException">The stack has no first axis, or nothing is stacked along it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static Tensor OfStack(Tensor stack, MedianKind kind)
    {
        using DeviceCall call = DeviceCall.Begin("median", stack);
        CheckStack(call, stack);
        Check.Defined(call, kind);
        Tensor y = call.New(Shape.Create(stack.Shape.Sizes[1..]), stack.DType);
        if (y.Count == 0)
            return call.Result(y);
        if (stack.DType == DType.Float32 && call.Device.Host is { } host)
            SelectOnHost(host, stack, y, kind);
        else if (stack.DType == DType.Float32)
            Select<float>(call, stack, y, kind);
        else
            Select<double>(call, stack, y, kind);
        return call.Result(y);
    }

    /// <summary>
    /// The median's derivative: how much each element of the stack counts in its column's median. 1 at the middle element
    /// (½ at each of two for <see cref="MedianKind.MeanOfMiddle"/> of even n), 0 elsewhere, so that
    /// <c>median[…] = Σₖ weights[k, …] · stack[k, …]</c>.
    /// </summary>
    /// <param name="stack">[n, …], n of 1 or more.</param>
    /// <param name="kind">As for <see cref="OfStack"/>.</param>
    /// <returns>The stack's shape.</returns>
    /// <remarks>Among equal elements the earlier one counts as the smaller. In a column with NaN the first NaN has the weight 1.</remarks>
    /// <exception cref="ShapeException">The stack has no first axis, or nothing is stacked along it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static Tensor SelectionWeights(Tensor stack, MedianKind kind)
    {
        using DeviceCall call = DeviceCall.Begin("median weights", stack);
        CheckStack(call, stack);
        Check.Defined(call, kind);
        Tensor weights = call.New(stack.Shape, stack.DType);
        if (weights.Count == 0)
            return call.Result(weights);
        if (stack.DType == DType.Float32)
            Weigh(call, stack, weights, kind, 0.5f);
        else
            Weigh(call, stack, weights, kind, 0.5);
        return call.Result(weights);
    }

    private static void CheckStack(DeviceCall call, Tensor stack)
    {
        if (stack.Shape.Rank == 0)
            throw new ShapeException($"{call}: a scalar is not a stack. The values must lie along a first axis, [n, …].");
        if (stack.Shape[0] == 0)
            throw new ShapeException($"{call}: the stack is empty, so it has no median. Its first axis must be 1 or more.");
    }

    private static unsafe void SelectOnHost(Host host, Tensor stack, Tensor y, MedianKind kind)
    {
        (int lower, int upper) = MiddleRanks(stack.Shape[0], kind);
        host.Run(new MedianWork(stack.Pointer, y.Pointer, stack.Shape[0], y.Count, lower, upper, host));
    }

    private static void Select<T>(DeviceCall call, Tensor stack, Tensor y, MedianKind kind)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int lower, int upper) = MiddleRanks(stack.Shape[0], kind);
        call.Kernels.Launch(MedianKernels.OfStack, call.Elements(y), stack.View<T>(), y.View<T>(), stack.Shape[0], lower, upper);
    }

    private static void Weigh<T>(DeviceCall call, Tensor stack, Tensor weights, MedianKind kind, T half)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = stack.Shape[0];
        (int lower, int upper) = MiddleRanks(n, kind);
        T share = lower == upper ? T.One : half;
        call.Kernels.Launch(
            MedianKernels.SelectionWeights, LaunchSize.Elements(call.Device, stack.Count / n),
            stack.View<T>(), weights.View<T>(), n, lower, upper, share);
    }

    /// <summary>The ranks, counted from 0, of the values that the median is the mean of; the same twice where it is one value.</summary>
    private static (int Lower, int Upper) MiddleRanks(int n, MedianKind kind)
    {
        int lower = (n - 1) / 2;
        return (lower, kind == MedianKind.MeanOfMiddle ? n / 2 : lower);
    }
}
