namespace Zssr.Tensors;

/// <summary>Tensors with their axes in another order, or repeated along axes of size 1. Both are copies.</summary>
public static class Strided
{
    /// <summary>The axes in another order: axis a of the result is axis <paramref name="axes"/>[a] of x.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Each axis of x once, counted from 0, or from −1 backward.</param>
    /// <returns>A new tensor with x's sizes in that order; of [2, 3, 4] and the order 2, 0, 1: [4, 2, 3].</returns>
    /// <exception cref="ShapeException">The list does not name each axis once, or needs a walk over more than six axes.</exception>
    public static Tensor Permute(Tensor x, params ReadOnlySpan<int> axes)
    {
        using DeviceCall call = DeviceCall.Begin("permute", x);
        int[] order = AxisList.Order(call.ToString(), x.Shape, axes);
        int[] steps = StepsOf(x.Shape);
        return Walk(call, x, [.. order.Select(axis => x.Shape[axis])], [.. order.Select(axis => steps[axis])]);
    }

    /// <summary>
    /// x repeated by NumPy's rules: axes are matched from the last one backward; where x has size 1, or no axis any more, it is repeated.
    /// </summary>
    /// <param name="x">Any shape.</param>
    /// <param name="shape">The result's shape.</param>
    /// <exception cref="ShapeException">An axis of x is neither 1 nor as long as the shape's, or there are more than the shape has.</exception>
    public static Tensor Expand(Tensor x, Shape shape)
    {
        using DeviceCall call = DeviceCall.Begin("expand", x);
        int missing = shape.Rank - x.Shape.Rank;
        if (missing < 0)
            throw new ShapeException($"{call}: x has {x.Shape.Rank} axes, more than the {shape.Rank} of {shape}. Sum or reshape x first.");
        int[] steps = StepsOf(x.Shape);
        int[] walked = new int[shape.Rank];
        for (int axis = missing; axis < shape.Rank; axis++)
        {
            int size = x.Shape[axis - missing];
            if (size != shape[axis] && size != 1)
            {
                throw new ShapeException(
                    $"{call}: axis {axis} of {shape} has size {shape[axis]}, but that of x there is {size}; only 1 can be repeated.");
            }

            walked[axis] = size == 1 ? 0 : steps[axis - missing];
        }

        return Walk(call, x, shape, walked);
    }

    private static Tensor Walk(DeviceCall call, Tensor x, Shape shape, ReadOnlySpan<int> steps)
    {
        Tensor y = call.New(shape, x.DType);
        if (y.Count == 0)
            return call.Result(y);
        var geometry = StridedGeometry.Of(call.ToString(), shape.Sizes, steps);
        if (x.DType == DType.Float32 && call.Device.Host is { } host)
            WalkOnHost(host, x, y, geometry);
        else if (x.DType == DType.Float32)
            call.Kernels.Launch(MovementKernels.CopyStrided, call.Elements(y), x.View<float>(), y.View<float>(), geometry);
        else
            call.Kernels.Launch(MovementKernels.CopyStrided, call.Elements(y), x.View<double>(), y.View<double>(), geometry);
        return call.Result(y);
    }

    private static unsafe void WalkOnHost(Host host, Tensor x, Tensor y, StridedGeometry geometry) =>
        host.Run(new StridedWork(x.Pointer, y.Pointer, y.Count, geometry));

    /// <summary>From an element to the next one of each axis.</summary>
    private static int[] StepsOf(Shape shape)
    {
        int[] steps = new int[shape.Rank];
        int step = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            steps[axis] = step;
            step *= Math.Max(shape[axis], 1);
        }

        return steps;
    }
}
