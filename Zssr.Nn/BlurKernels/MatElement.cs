using System.Buffers.Binary;

namespace Zssr.Nn;

/// <summary>
/// A data element of a MAT-file: a tag of 8 bytes (type, number of bytes), the data, and zeros up to a multiple of 8 bytes.
/// Data of 1 to 4 bytes may lie in the tag itself: their number in its upper 16 bits, their type in the lower.
/// </summary>
/// <param name="Type">How the data is stored.</param>
/// <param name="ByteCount">The bytes that the tag speaks of.</param>
/// <param name="Data">The bytes that are there: fewer than <paramref name="ByteCount"/> where the file ends before.</param>
/// <param name="LittleEndian">The order of bytes in the file.</param>
internal readonly record struct MatElement(MatType Type, long ByteCount, ReadOnlyMemory<byte> Data, bool LittleEndian)
{
    private const int TagBytes = 8;

    /// <summary>All bytes that the tag speaks of.</summary>
    public ReadOnlyMemory<byte> WholeData => Data.Length == ByteCount
        ? Data
        : throw new BlurKernelException($"MAT-file: {ByteCount} bytes of data are announced, but {Data.Length} follow. It is truncated.");

    /// <summary>Reads the element at the start of <paramref name="bytes"/> and moves on to the next.</summary>
    public static MatElement Read(ref ReadOnlyMemory<byte> bytes, bool littleEndian)
    {
        if (bytes.Length < TagBytes)
            throw new BlurKernelException($"MAT-file: {bytes.Length} bytes are left where an element of 8 or more begins. It was cut off.");

        uint first = UInt32(bytes.Span, littleEndian);
        if (first >> 16 != 0)
            return ReadSmall(ref bytes, first, littleEndian);

        long count = UInt32(bytes.Span[4..], littleEndian);
        ReadOnlyMemory<byte> after = bytes[TagBytes..];
        ReadOnlyMemory<byte> data = after[..(int)Math.Min(count, after.Length)];
        // Compressed elements alone are not padded.
        long padded = first == (uint)MatType.Compressed ? count : (count + 7) / 8 * 8;
        bytes = after[(int)Math.Min(padded, after.Length)..];
        return new MatElement((MatType)first, count, data, littleEndian);
    }

    /// <summary>How many numbers the data is.</summary>
    public long NumberCount => ByteCount / BytesOf(Type);

    /// <summary>The number at <paramref name="index"/>, counted from 0, widened to float64. Only within the data.</summary>
    public double Number(int index)
    {
        ReadOnlySpan<byte> bytes = Data.Span.Slice(index * BytesOf(Type), BytesOf(Type));
        return (Type, LittleEndian) switch
        {
            (MatType.Int8, _) => (sbyte)bytes[0],
            (MatType.UInt8, _) => bytes[0],
            (MatType.Int16, true) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            (MatType.Int16, false) => BinaryPrimitives.ReadInt16BigEndian(bytes),
            (MatType.UInt16, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (MatType.UInt16, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (MatType.Int32, true) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (MatType.Int32, false) => BinaryPrimitives.ReadInt32BigEndian(bytes),
            (MatType.UInt32, _) => UInt32(bytes, LittleEndian),
            (MatType.Single, true) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (MatType.Single, false) => BinaryPrimitives.ReadSingleBigEndian(bytes),
            (MatType.Double, true) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            (MatType.Double, false) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
            (MatType.Int64, true) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (MatType.Int64, false) => BinaryPrimitives.ReadInt64BigEndian(bytes),
            (MatType.UInt64, true) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
    }

    private static MatElement ReadSmall(ref ReadOnlyMemory<byte> bytes, uint first, bool littleEndian)
    {
        uint count = first >> 16;
        if (count > 4)
            throw new BlurKernelException($"MAT-file: {count} bytes are announced within a tag, which has room for 4. It is damaged.");
        var element = new MatElement((MatType)(first & 0xFFFF), count, bytes.Slice(4, (int)count), littleEndian);
        bytes = bytes[TagBytes..];
        return element;
    }

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static int BytesOf(MatType type) => type switch
    {
        MatType.Int8 or MatType.UInt8 => 1,
        MatType.Int16 or MatType.UInt16 => 2,
        MatType.Int32 or MatType.UInt32 or MatType.Single => 4,
        MatType.Double or MatType.Int64 or MatType.UInt64 => 8,
        _ => throw new BlurKernelException($"MAT-file: {(int)type} is not a type of numbers. The file is damaged."),
    };
}
