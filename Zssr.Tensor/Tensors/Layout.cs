namespace Zssr.Tensors;

/// <summary>
/// Between this project's layouts, NHWC and HWIO, and PyTorch's, NCHW and OIHW, in which files are written.
/// </summary>
public static class Layout
{
    /// <summary>An image batch given as [N, C, H, W] becomes a tensor [N, H, W, C].</summary>
    /// <exception cref="ShapeException"><paramref name="nchw"/> has not four axes, or another number of elements than the data.</exception>
    public static Tensor FromNchw(Device device, Shape nchw, ReadOnlySpan<float> elements) =>
        Tensor.From(device, Permuted(nchw, [0, 2, 3, 1]), Permute(elements, nchw, [0, 2, 3, 1]));

    /// <inheritdoc cref="FromNchw(Device, Shape, ReadOnlySpan{float})"/>
    public static Tensor FromNchw(Device device, Shape nchw, ReadOnlySpan<double> elements) =>
        Tensor.From(device, Permuted(nchw, [0, 2, 3, 1]), Permute(elements, nchw, [0, 2, 3, 1]));

    /// <summary>The elements of a tensor [N, H, W, C] in the order [N, C, H, W].</summary>
    /// <exception cref="ShapeException">The tensor has not four axes.</exception>
    /// <exception cref="TensorDisposedException">The tensor has been disposed.</exception>
    public static float[] ToNchw(Tensor tensor) => Permute<float>(NotNull(tensor).ToArray(), tensor.Shape, [0, 3, 1, 2]);

    /// <summary>
    /// Convolution weights given as [out, in, kernel height, kernel width] become a tensor [kernel height, kernel width, in, out].
    /// </summary>
    /// <exception cref="ShapeException"><paramref name="oihw"/> has not four axes, or another number of elements than the data.</exception>
    public static Tensor FromOihw(Device device, Shape oihw, ReadOnlySpan<float> elements) =>
        Tensor.From(device, Permuted(oihw, [2, 3, 1, 0]), Permute(elements, oihw, [2, 3, 1, 0]));

    /// <inheritdoc cref="FromOihw(Device, Shape, ReadOnlySpan{float})"/>
    public static Tensor FromOihw(Device device, Shape oihw, ReadOnlySpan<double> elements) =>
        Tensor.From(device, Permuted(oihw, [2, 3, 1, 0]), Permute(elements, oihw, [2, 3, 1, 0]));

    /// <summary>
    /// The elements of weights [kernel height, kernel width, in, out] in the order [out, in, kernel height, kernel width].
    /// </summary>
    /// <exception cref="ShapeException">The tensor has not four axes.</exception>
    /// <exception cref="TensorDisposedException">The tensor has been disposed.</exception>
    public static float[] ToOihw(Tensor tensor) => Permute<float>(NotNull(tensor).ToArray(), tensor.Shape, [3, 2, 0, 1]);

    /// <summary>The same in float64.</summary>
    /// <inheritdoc cref="ToOihw" path="/exception"/>
    public static double[] ToOihwDoubles(Tensor tensor) => Permute<double>(NotNull(tensor).ToDoubles(), tensor.Shape, [3, 2, 0, 1]);

    private static Tensor NotNull(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor;
    }

    private static Shape Permuted(Shape shape, ReadOnlySpan<int> axes)
    {
        if (shape.Rank != 4)
            throw new ShapeException($"layout: {shape} has {shape.Rank} axes; a layout of images or weights has 4.");
        return [shape[axes[0]], shape[axes[1]], shape[axes[2]], shape[axes[3]]];
    }

    /// <summary>Axis i of the result is axis axes[i] of the source.</summary>
    private static T[] Permute<T>(ReadOnlySpan<T> source, Shape shape, ReadOnlySpan<int> axes)
    {
        Shape target = Permuted(shape, axes);
        if (source.Length != shape.ElementCount)
            throw new ShapeException($"layout: the shape {shape} needs {shape.ElementCount} elements; {source.Length} were given.");

        Span<int> strides = [shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3], 1];
        var permuted = new T[source.Length];
        int next = 0;
        for (int a = 0; a < target[0]; a++)
            for (int b = 0; b < target[1]; b++)
                for (int c = 0; c < target[2]; c++)
                    for (int d = 0; d < target[3]; d++)
                    {
                        int place = a * strides[axes[0]] + b * strides[axes[1]] + c * strides[axes[2]] + d * strides[axes[3]];
                        permuted[next++] = source[place];
                    }

        return permuted;
    }
}
