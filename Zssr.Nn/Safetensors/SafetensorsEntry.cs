using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>One array of a file: its type, shape and elements.</summary>
internal abstract class SafetensorsEntry(DType dtype, Shape shape)
{
    public DType DType { get; } = dtype;

    public Shape Shape { get; } = shape;

    public long ByteCount => (long)Shape.ElementCount * DType.Size();

    public abstract float[] Floats();

    public abstract double[] Doubles();

    /// <summary>Writes the elements in little-endian order.</summary>
    public abstract void WriteElements(Stream stream);
}

/// <summary>An array of float or double, row-major.</summary>
internal sealed class SafetensorsArray<T>(DType dtype, Shape shape, T[] elements) : SafetensorsEntry(dtype, shape)
    where T : unmanaged
{
    private const int ChunkElements = 1 << 16;

    public override float[] Floats() =>
        elements is double[] doubles ? Array.ConvertAll(doubles, x => (float)x) : (float[])elements.Clone();

    public override double[] Doubles() =>
        elements is float[] floats ? Array.ConvertAll(floats, x => (double)x) : (double[])elements.Clone();

    public override void WriteElements(Stream stream)
    {
        // In pieces: the bytes are swapped in a copy on big-endian hosts, and a large array has more bytes than a span can count.
        T[] chunk = new T[Math.Min(ChunkElements, elements.Length)];
        for (int first = 0; first < elements.Length; first += ChunkElements)
        {
            Span<T> part = chunk.AsSpan(0, Math.Min(ChunkElements, elements.Length - first));
            elements.AsSpan(first, part.Length).CopyTo(part);
            SwapOnBigEndian(part);
            stream.Write(MemoryMarshal.AsBytes(part));
        }
    }

    /// <summary>Reads the elements, or as many as the stream has.</summary>
    /// <returns>The elements, and the bytes that arrived: fewer than asked for where the stream ends early.</returns>
    public static (T[] Elements, long Bytes) ReadElements(Stream stream, int count)
    {
        // The header's promise is not believed: the array grows as elements arrive.
        T[] elements = new T[Math.Min(count, ChunkElements)];
        int elementSize = Unsafe.SizeOf<T>();
        for (int first = 0; first < count; first += ChunkElements)
        {
            int size = Math.Min(ChunkElements, count - first);
            if (first + size > elements.Length)
                Array.Resize(ref elements, (int)Math.Min(count, 2L * elements.Length));
            Span<T> part = elements.AsSpan(first, size);
            int bytes = stream.ReadAtLeast(MemoryMarshal.AsBytes(part), size * elementSize, throwOnEndOfStream: false);
            if (bytes < size * elementSize)
                return (elements, (long)first * elementSize + bytes);
            SwapOnBigEndian(part);
        }

        return (elements, (long)count * elementSize);
    }

    private static void SwapOnBigEndian(Span<T> part)
    {
        if (BitConverter.IsLittleEndian)
            return;
        if (typeof(T) == typeof(float))
        {
            Span<int> words = MemoryMarshal.Cast<T, int>(part);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else
        {
            Span<long> words = MemoryMarshal.Cast<T, long>(part);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
