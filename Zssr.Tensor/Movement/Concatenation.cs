namespace Zssr.Tensors;

/// <summary>Tensors put side by side. The adjoint takes them apart again: <see cref="Window.Slice"/> for each part.</summary>
public static class Concatenation
{
    /// <summary>Tensors joined along their last axis, in the given order: [..., C₁], [..., C₂], … become [..., C₁ + C₂ + …].</summary>
    /// <param name="parts">One or more, of equal shapes but for the last axis, of one type, on one device.</param>
    /// <returns>A new tensor, also of a single part.</returns>
    /// <exception cref="ShapeException">There are no parts, or their shapes do not fit.</exception>
    public static Tensor Channels(params ReadOnlySpan<Tensor> parts) => Join("concatenate channels", parts, lastAxis: true);

    /// <summary>Tensors joined along their first axis, in the given order: [N₁, ...], [N₂, ...], … become [N₁ + N₂ + …, ...].</summary>
    /// <param name="parts">One or more, of equal shapes but for the first axis, of one type, on one device.</param>
    /// <returns>A new tensor, also of a single part.</returns>
    /// <exception cref="ShapeException">There are no parts, or their shapes do not fit.</exception>
    public static Tensor Batch(params ReadOnlySpan<Tensor> parts) => Join("concatenate batch", parts, lastAxis: false);

    private static Tensor Join(string operation, ReadOnlySpan<Tensor> parts, bool lastAxis)
    {
        if (parts.IsEmpty)
            throw new ShapeException($"{operation}: there are no tensors to join. Give at least one.");
        using DeviceCall call = DeviceCall.Begin(operation, parts);
        Shape first = parts[0].Shape;
        if (first.Rank == 0)
            throw new ShapeException($"{call}: a scalar has no axis to join along. Reshape it to [1].");

        int axis = lastAxis ? first.Rank - 1 : 0;
        Tensor y = call.New(JoinedShape(call, parts, axis), parts[0].DType);
        int inner = 1;
        foreach (int size in first.Sizes[(axis + 1)..])
            inner *= size;

        int offset = 0;
        foreach (Tensor part in parts)
        {
            Place(call, part, y, part.Shape[axis] * inner, y.Shape[axis] * inner, offset);
            offset += part.Shape[axis] * inner;
        }

        return call.Result(y);
    }

    private static Shape JoinedShape(DeviceCall call, ReadOnlySpan<Tensor> parts, int axis)
    {
        int[] sizes = parts[0].Shape.Sizes.ToArray();
        long joined = 0;
        foreach (Tensor part in parts)
        {
            Shape shape = part.Shape;
            bool fits = shape.Rank == sizes.Length
                && shape.Sizes[..axis].SequenceEqual(sizes.AsSpan(0, axis))
                && shape.Sizes[(axis + 1)..].SequenceEqual(sizes.AsSpan(axis + 1));
            if (!fits)
            {
                throw new ShapeException(
                    $"{call}: {shape} does not fit {parts[0].Shape}. All axes but axis {axis} must be equal; crop or pad the parts first.");
            }

            joined += shape[axis];
        }

        if (joined > int.MaxValue)
        {
            throw new ShapeException(
                $"{call}: axis {axis} of the result would have size {joined}, more than {int.MaxValue}. Join fewer parts.");
        }

        sizes[axis] = (int)joined;
        return Shape.Create(sizes);
    }

    private static void Place(DeviceCall call, Tensor part, Tensor y, int partRun, int wholeRun, int offset)
    {
        if (part.Count == 0)
            return;
        if (part.DType == DType.Float32)
            Place<float>(call, part, y, partRun, wholeRun, offset);
        else
            Place<double>(call, part, y, partRun, wholeRun, offset);
    }

    private static void Place<T>(DeviceCall call, Tensor part, Tensor y, int partRun, int wholeRun, int offset)
        where T : unmanaged =>
        call.Kernels.Launch(MovementKernels.PlaceRuns, call.Elements(part), part.View<T>(), y.View<T>(), partRun, wholeRun, offset);
}
