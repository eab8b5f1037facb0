using System.IO.Compression;
using System.Text;

namespace Zssr.Tests.Nn.BlurKernels;

/// <summary>Writes MAT-files of level 5, sound or broken, after MathWorks' description of the format.</summary>
internal sealed class MatBytes(bool littleEndian = true)
{
    public const int Int8 = 1, UInt8 = 2, Int16 = 3, UInt16 = 4, Int32 = 5, UInt32 = 6, Single = 7, Double = 9, Int64 = 12, UInt64 = 13;
    public const int CellClass = 1, StructClass = 2, CharClass = 4, SparseClass = 5, DoubleClass = 6, SingleClass = 7, UInt8Class = 9;
    public const int LogicalFlag = 0x02, ComplexFlag = 0x08;

    private const int Matrix = 14, Compressed = 15;

    /// <summary>A file: the header, then these elements.</summary>
    public byte[] File(params byte[][] elements)
    {
        byte[] header = Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, written by a test".PadRight(124));
        // "No subsystem data" is written as zeros.
        header.AsSpan(116, 8).Clear();
        byte[] version = littleEndian ? [0, 1, (byte)'I', (byte)'M'] : [1, 0, (byte)'M', (byte)'I'];
        return [.. header, .. version, .. elements.SelectMany(bytes => bytes)];
    }

    /// <summary>A matrix variable with these values, stored as any type.</summary>
    public byte[] Variable(
        string name, double[,] values, int matClass = DoubleClass, int storage = Double, int flags = 0, bool small = false) =>
        Element(Matrix,
        [
            .. Head(name, matClass, flags, values.GetLength(0), values.GetLength(1)),
            .. Numbers(storage, ByColumn(values), small),
            .. (flags & ComplexFlag) != 0 ? Numbers(storage, ByColumn(values)) : [],
        ]);

    /// <summary>A variable with this after its flags, sizes and name.</summary>
    public byte[] Variable(string name, int matClass, int[] sizes, byte[] content) =>
        Element(Matrix, [.. Head(name, matClass, 0, sizes), .. content]);

    /// <summary>An element packed by zlib. Such elements are not padded.</summary>
    public byte[] Pack(byte[] element)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(element);
        return [.. Words(Compressed, (uint)packed.Length), .. packed.ToArray()];
    }

    /// <summary>An element: type, number of bytes, data, zeros to a multiple of 8.</summary>
    public byte[] Element(int type, byte[] data) =>
        [.. Words((uint)type, (uint)data.Length), .. data, .. new byte[(8 - data.Length % 8) % 8]];

    /// <summary>The same for up to 4 bytes of data, which go into the tag.</summary>
    public byte[] SmallElement(int type, byte[] data) =>
        [.. Words((uint)(data.Length << 16 | type)), .. data, .. new byte[4 - data.Length]];

    /// <summary>An element of numbers.</summary>
    public byte[] Numbers(int type, double[] numbers, bool small = false)
    {
        byte[] data = [.. numbers.SelectMany(number => Bytes(type, number))];
        return small ? SmallElement(type, data) : Element(type, data);
    }

    private byte[] Head(string name, int matClass, int flags, params int[] sizes)
    {
        byte[] letters = Encoding.ASCII.GetBytes(name);
        return
        [
            .. Element(UInt32, Words((uint)(flags << 8 | matClass), 0)),
            .. Element(Int32, [.. sizes.SelectMany(size => Words((uint)size))]),
            .. letters.Length is > 0 and <= 4 ? SmallElement(Int8, letters) : Element(Int8, letters),
        ];
    }

    private byte[] Words(params uint[] words) => [.. words.SelectMany(word => Bytes(UInt32, word))];

    private byte[] Bytes(int type, double number)
    {
        byte[] bytes = type switch
        {
            Int8 => [(byte)(sbyte)number],
            UInt8 => [(byte)number],
            Int16 => BitConverter.GetBytes((short)number),
            UInt16 => BitConverter.GetBytes((ushort)number),
            Int32 => BitConverter.GetBytes((int)number),
            UInt32 => BitConverter.GetBytes((uint)number),
            Single => BitConverter.GetBytes((float)number),
            Double => BitConverter.GetBytes(number),
            Int64 => BitConverter.GetBytes((long)number),
            UInt64 => BitConverter.GetBytes((ulong)number),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
        if (littleEndian != BitConverter.IsLittleEndian)
            Array.Reverse(bytes);
        return bytes;
    }

    private static double[] ByColumn(double[,] values) =>
    [
        .. from column in Enumerable.Range(0, values.GetLength(1))
           from row in Enumerable.Range(0, values.GetLength(0))
           select values[row, column],
    ];
}
