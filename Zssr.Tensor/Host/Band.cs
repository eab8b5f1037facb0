namespace Zssr.Tensors;

/// <summary>The contiguous range [Start, End) of a part, when count things are shared out evenly.</summary>
internal readonly record struct Band(int Start, int End)
{
    /// <summary>The range of part number <paramref name="part"/>; ranges differ by one in length at most, and may be empty.</summary>
    public static Band Of(int count, int part, int parts) =>
        new((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));

    /// <summary>The same for elements of a tensor: ranges start at whole cache lines, so that no two threads write to one line.</summary>
    public static Band OfElements(int count, int part, int parts)
    {
        const int line = AlignedMemory.Alignment / sizeof(float);
        Band lines = Of((int)(AlignedMemory.Lines(count) / line), part, parts);
        return new((int)Math.Min((long)lines.Start * line, count), (int)Math.Min((long)lines.End * line, count));
    }
}
