using System.Buffers.Binary;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Reads a safetensors file: checks the header as a whole before the first element is read.</summary>
internal static class SafetensorsReader
{
    public static SafetensorsFile Read(Stream stream)
    {
        SafetensorsHeader header = SafetensorsHeader.Parse(ReadHeader(stream));
        SafetensorsPlace[] inOrder = InOrderOfData(header.Places);
        long dataLength = inOrder.Length == 0 ? 0 : inOrder[^1].End;
        if (stream.CanSeek && stream.Length - stream.Position < dataLength)
            throw CutShort(stream.Length - stream.Position, dataLength);

        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        foreach (SafetensorsPlace place in inOrder)
            entries.Add(place.Name, ReadEntry(stream, place, dataLength));
        if (stream.ReadByte() >= 0)
        {
            throw new SafetensorsException(
                $"safetensors: bytes follow the {dataLength} bytes of elements that the header announces. The file is damaged.");
        }

        return Assemble(header, entries);
    }

    private static byte[] ReadHeader(Stream stream)
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        int found = stream.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false);
        if (found < lengthBytes.Length)
            throw new SafetensorsException($"safetensors: the file has {found} bytes; 8 bytes of header length come first. Is it empty?");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > SafetensorsFile.LongestHeader)
        {
            throw new SafetensorsException(
                $"safetensors: the header is announced with {length} bytes; at most {SafetensorsFile.LongestHeader} are read. " +
                "Is it a file of another kind?");
        }

        byte[] header = new byte[length];
        found = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return found == header.Length
            ? header
            : throw new SafetensorsException(
                $"safetensors: the file ends within its header, after {found} of {length} bytes. It was cut short; copy it again.");
    }

    /// <summary>The places by their bytes, which must follow each other from 0 on: no gap, no overlap.</summary>
    private static SafetensorsPlace[] InOrderOfData(IReadOnlyList<SafetensorsPlace> places)
    {
        // An empty array ends where it begins, and so comes before the array that begins there.
        SafetensorsPlace[] inOrder = [.. places.OrderBy(place => place.Begin).ThenBy(place => place.End)];
        long end = 0;
        foreach (SafetensorsPlace place in inOrder)
        {
            if (place.Begin != end)
            {
                throw new SafetensorsException(
                    $"safetensors: {SafetensorsText.Quote(place.Name)} begins at byte {place.Begin}, the array before it ends at {end}: " +
                    (place.Begin < end ? "they overlap." : "there is a gap.") + " The file breaks the format; write it again.");
            }

            end = place.End;
        }

        return inOrder;
    }

    private static SafetensorsEntry ReadEntry(Stream stream, SafetensorsPlace place, long dataLength) => place.DType == DType.Float32
        ? ReadEntry<float>(stream, place, dataLength)
        : ReadEntry<double>(stream, place, dataLength);

    private static SafetensorsArray<T> ReadEntry<T>(Stream stream, SafetensorsPlace place, long dataLength)
        where T : unmanaged
    {
        (T[] elements, long bytes) = SafetensorsArray<T>.ReadElements(stream, place.Shape.ElementCount);
        return bytes == place.End - place.Begin
            ? new SafetensorsArray<T>(place.DType, place.Shape, elements)
            : throw CutShort(place.Begin + bytes, dataLength);
    }

    private static SafetensorsException CutShort(long found, long expected) => new(
        $"safetensors: the header announces {expected} bytes of elements; the file has {found}. It was cut short; copy it again.");

    private static SafetensorsFile Assemble(SafetensorsHeader header, Dictionary<string, SafetensorsEntry> entries)
    {
        var file = new SafetensorsFile();
        foreach ((string key, string text) in header.Metadata)
            file.Metadata.Add(key, text);
        foreach (SafetensorsPlace place in header.Places)
            file.Add(place.Name, entries[place.Name]);
        return file;
    }
}
