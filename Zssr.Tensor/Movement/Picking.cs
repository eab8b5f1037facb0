namespace Zssr.Tensors;

/// <summary>One element of each row, by its index, and the adjoint: rows that are zero but for one element.</summary>
public static class Picking
{
    /// <summary>y[r] = x[r, index[r]]: of each row along the last axis, one element.</summary>
    /// <param name="x">[..., C].</param>
    /// <param name="indexes">0 … C − 1, one for each row, in the order of the elements.</param>
    /// <returns>[...], x's shape without its last axis.</returns>
    /// <exception cref="ShapeException">x is a scalar, or there are more or fewer indexes than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not 0 … C − 1.</exception>
    public static Tensor Pick(Tensor x, ReadOnlySpan<int> indexes)
    {
        using DeviceCall call = DeviceCall.Begin("pick", x);
        if (x.Shape.Rank == 0)
            throw new ShapeException($"{call}: a scalar [] has no rows; x must be [..., C].");
        Shape shape = [.. x.Shape.Sizes[..^1]];
        RequireIndexes(call, indexes, shape, x.Shape[^1]);
        Tensor y = call.New(shape, x.DType);
        if (y.Count == 0)
            return call.Result(y);
        Tensor table = call.NewTable(indexes);
        if (x.DType == DType.Float32)
            call.Kernels.Launch(PickingKernels.Pick, call.Elements(y), x.View<float>(), table.View<int>(), y.View<float>(), x.Shape[^1]);
        else
            call.Kernels.Launch(PickingKernels.Pick, call.Elements(y), x.View<double>(), table.View<int>(), y.View<double>(), x.Shape[^1]);
        return call.Result(y);
    }

    /// <summary>The adjoint of <see cref="Pick"/>: y[r, c] = x[r] where c = index[r], else 0.</summary>
    /// <param name="x">[...].</param>
    /// <param name="indexes">0 … count − 1, one for each element of x, in their order.</param>
    /// <param name="count">C, elements of a row.</param>
    /// <returns>[..., C].</returns>
    /// <exception cref="ShapeException">There are more or fewer indexes than elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not 0 … C − 1.</exception>
    public static Tensor Put(Tensor x, ReadOnlySpan<int> indexes, int count)
    {
        using DeviceCall call = DeviceCall.Begin("put", x);
        RequireIndexes(call, indexes, x.Shape, count);
        Tensor y = call.New([.. x.Shape.Sizes, count], x.DType);
        if (y.Count == 0)
            return call.Result(y);
        Tensor table = call.NewTable(indexes);
        if (x.DType == DType.Float32)
            call.Kernels.Launch(PickingKernels.Put, call.Elements(y), x.View<float>(), table.View<int>(), y.View<float>(), count);
        else
            call.Kernels.Launch(PickingKernels.Put, call.Elements(y), x.View<double>(), table.View<int>(), y.View<double>(), count);
        return call.Result(y);
    }

    private static void RequireIndexes(DeviceCall call, ReadOnlySpan<int> indexes, Shape rows, int count)
    {
        if (indexes.Length != rows.ElementCount)
            throw new ShapeException($"{call}: {indexes.Length} indexes were given for {rows.ElementCount} rows; one for each is needed.");
        for (int row = 0; row < indexes.Length; row++)
        {
            if (indexes[row] < 0 || indexes[row] >= count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indexes), indexes[row], $"{call}: the index of row {row} is {indexes[row]}; it must be 0 to {count - 1}.");
            }
        }
    }
}
