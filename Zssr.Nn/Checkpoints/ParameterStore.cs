using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Parameters in files, as PyTorch has them: convolution weights [kernel height, kernel width, in, out] are written as
/// [out, in, kernel height, kernel width], all else as it is.
/// </summary>
public static class ParameterStore
{
    /// <summary>Adds parameters to a file.</summary>
    /// <param name="file">Where they go.</param>
    /// <param name="parameters">Such as a module's <see cref="Module.Parameters"/>.</param>
    /// <param name="prefix">Put in front of every name.</param>
    public static void Add(SafetensorsFile file, IEnumerable<NamedParameter> parameters, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(parameters);
        foreach ((string name, Tensor value) in parameters)
        {
            Shape shape = FileShape(value.Shape);
            if (value.DType == DType.Float64)
                file.Add(prefix + name, shape, value.Shape.Rank == 4 ? Layout.ToOihwDoubles(value) : value.ToDoubles());
            else
                file.Add(prefix + name, shape, value.Shape.Rank == 4 ? Layout.ToOihw(value) : value.ToArray());
        }
    }

    /// <summary>Gives parameters the values that a file has for them, converted to their type.</summary>
    /// <exception cref="CheckpointException">
    /// The file lacks one of them, or has it in another shape or a type that is not read; nothing has been changed then.
    /// </exception>
    public static void Load(SafetensorsFile file, IReadOnlyList<NamedParameter> parameters, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(parameters);
        foreach ((string name, Tensor value) in parameters)
        {
            string stored = prefix + name;
            if (!file.Contains(stored))
                throw new CheckpointException($"checkpoint: it has no '{stored}'. It belongs to another network; train again.");
            RequireRead(file, stored);
            if (file.ShapeOf(stored) != FileShape(value.Shape))
            {
                throw new CheckpointException(
                    $"checkpoint: '{stored}' has shape {file.ShapeOf(stored)}; the network's is {FileShape(value.Shape)}. "
                    + "Width, depth and channels must be those that the checkpoint was trained with.");
            }
        }

        foreach ((string name, Tensor value) in parameters)
        {
            using Tensor loaded = Read(file, prefix + name, value);
            value.Assign(loaded);
        }
    }

    private static void RequireRead(SafetensorsFile file, string name)
    {
        try
        {
            _ = file.DTypeOf(name);
        }
        catch (SafetensorsException failure)
        {
            throw new CheckpointException($"checkpoint: {failure.Message}", failure);
        }
    }

    private static Tensor Read(SafetensorsFile file, string name, Tensor like)
    {
        Shape shape = file.ShapeOf(name);
        if (like.DType == DType.Float64)
        {
            double[] doubles = file.Doubles(name);
            return shape.Rank == 4 ? Layout.FromOihw(like.Device, shape, doubles) : Tensor.From(like.Device, shape, doubles);
        }

        float[] floats = file.Floats(name);
        return shape.Rank == 4 ? Layout.FromOihw(like.Device, shape, floats) : Tensor.From(like.Device, shape, floats);
    }

    private static Shape FileShape(Shape shape) => shape.Rank == 4 ? [shape[3], shape[2], shape[0], shape[1]] : shape;
}
