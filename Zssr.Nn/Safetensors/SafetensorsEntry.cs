using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>One array of a file: its type, shape and elements.</summary>
internal abstract class SafetensorsEntry(SafetensorsType type, Shape shape)
{
    /// <summary>As the file has it.</summary>
    public SafetensorsType Type { get; } = type;

    public Shape Shape { get; } = shape;

    /// <summary>As a file that is written has it.</summary>
    public virtual SafetensorsType WrittenAs => Type.ReadAs is { } dtype ? SafetensorsType.Of(dtype) : Type;

    /// <summary>Of the elements as they are written.</summary>
    public abstract long ByteCount { get; }

    public abstract float[] Floats();

    public abstract double[] Doubles();

    /// <summary>Writes the elements in little-endian order.</summary>
    public abstract void WriteElements(Stream stream);
}

/// <summary>An array of a type that is passed over: its elements are not in memory.</summary>
internal sealed class SafetensorsPassedOver(string name, SafetensorsType type, Shape shape) : SafetensorsEntry(type, shape)
{
    public override long ByteCount => throw NotRead();

    public override float[] Floats() => throw NotRead();

    public override double[] Doubles() => throw NotRead();

    public override void WriteElements(Stream stream) => throw NotRead();

    public SafetensorsException NotRead() => new(
        $"safetensors: {SafetensorsText.Quote(name)} is {Type.Name}, which is not read here: F32, F64, F16 and BF16 are. Convert it first, "
        + "in PyTorch with tensor.float().");
}

/// <summary>An array of float or double, row-major.</summary>
/// <param name="type">The type in the file; elements of F16 and BF16 are float here, and are written as F32.</param>
/// <param name="shape">The sizes of its axes.</param>
/// <param name="elements">The elements.</param>
internal sealed class SafetensorsArray<T>(SafetensorsType type, Shape shape, T[] elements) : SafetensorsEntry(type, shape)
    where T : unmanaged
{
    private const int ChunkElements = 1 << 16;

    public override long ByteCount => (long)elements.Length * Unsafe.SizeOf<T>();

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
        if (Unsafe.SizeOf<T>() == sizeof(ushort))
        {
            Span<ushort> words = MemoryMarshal.Cast<T, ushort>(part);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (Unsafe.SizeOf<T>() == sizeof(float))
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
