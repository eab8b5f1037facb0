namespace Zssr.Tensors;

/// <summary>The checks that ops share. Their messages name the op, the shapes and the rule.</summary>
internal static class Check
{
    /// <summary>Both must have the same shape.</summary>
    public static void SameShape(DeviceCall call, Tensor x, Tensor y)
    {
        if (x.Shape != y.Shape)
            throw new ShapeException($"{call}: the shapes {x.Shape} and {y.Shape} differ; they must be equal.");
    }

    /// <summary>y must have x's shape (false is returned) or hold one number for each channel of x (true).</summary>
    public static bool SameShapeOrPerChannel(DeviceCall call, Tensor x, Tensor y)
    {
        if (x.Shape == y.Shape)
            return false;
        if (y.Shape.Rank == 1 && x.Shape.Rank > 1 && y.Shape[0] == x.Shape[^1])
            return true;
        int channels = x.Shape.Rank > 0 ? x.Shape[^1] : 1;
        throw new ShapeException(
            $"{call}: {y.Shape} fits {x.Shape} neither element by element (equal shapes) nor channel by channel ([{channels}]).");
    }

    /// <summary>x must have this many axes.</summary>
    public static void Rank(DeviceCall call, Tensor x, int rank, string meaning)
    {
        if (x.Shape.Rank != rank)
            throw new ShapeException($"{call}: {x.Shape} has {x.Shape.Rank} axes; {meaning} is needed.");
    }

    /// <summary>The value must be one that its enum names: a number cast to it need not be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Defined<TOperation, TEnum>(TOperation operation, TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), value,
                $"{operation}: {value} is no {typeof(TEnum).Name}; there are {string.Join(", ", Enum.GetNames<TEnum>())}.");
        }
    }

    /// <summary>x must be images, before an operation begins.</summary>
    public static void Images(string operation, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank != 4)
            throw new ShapeException($"{operation}: {x.Shape} has {x.Shape.Rank} axes; images [N, H, W, C] are needed.");
    }
}
