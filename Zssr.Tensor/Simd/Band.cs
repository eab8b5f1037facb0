namespace Zssr.Tensors.Simd;

/// <summary>The contiguous range [Start, End) of a part, when count things are shared out evenly.</summary>
internal readonly record struct Band(int Start, int End)
{
    /// <summary>The range of part number <paramref name="part"/>; ranges differ by one in length at most, and may be empty.</summary>
    public static Band Of(int count, int part, int parts) =>
        new((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));
}
