using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Zssr.Nn;

/// <summary>Reads a safetensors file: checks the header as a whole before the first element is read.</summary>
internal static class SafetensorsReader
{
    public static SafetensorsFile Read(Stream stream)
    {
        byte[] bytes = ReadHeader(stream);
        var header = SafetensorsHeader.Parse(bytes);
        SafetensorsPlace[] inOrder = InOrderOfData(header.Places);
        long dataLength = inOrder.Length == 0 ? 0 : inOrder[^1].End;
        if (stream.CanSeek && stream.Length - stream.Position < dataLength)
            throw CutShort(stream.Length - stream.Position, dataLength);

        if (!header.Metadata.TryGetValue(SafetensorsChecksum.Key, out string? checksum))
            return Assemble(header, ReadEntries(stream, inOrder, dataLength), hasChecksum: false);
        int place = SafetensorsChecksum.PlaceIn(bytes, checksum);
        if (place < 0)
            throw WrongChecksum();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SafetensorsChecksum.AppendHeader(hash, bytes, place);
        using var summed = new HashingStream(stream, hash);
        Dictionary<string, SafetensorsEntry> entries = ReadEntries(summed, inOrder, dataLength);
        return SafetensorsChecksum.Digits(hash) == checksum ? Assemble(header, entries, hasChecksum: true) : throw WrongChecksum();
    }

    private static SafetensorsException WrongChecksum() => new(
        "safetensors: the file is not what its checksum says: it is damaged, or another program has changed it and kept "
        + $"'{SafetensorsChecksum.Key}' in its metadata. Copy it or make it again.");

    private static Dictionary<string, SafetensorsEntry> ReadEntries(Stream stream, SafetensorsPlace[] inOrder, long dataLength)
    {
        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        foreach (SafetensorsPlace place in inOrder)
            entries.Add(place.Name, ReadEntry(stream, place, dataLength));
        if (stream.ReadByte() >= 0)
        {
            throw new SafetensorsException(
                $"safetensors: bytes follow the {dataLength} bytes of elements that the header announces. The file is damaged.");
        }

        return entries;
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

    private static SafetensorsEntry ReadEntry(Stream stream, SafetensorsPlace place, long dataLength)
    {
        if (place.Type == SafetensorsType.F32)
            return new SafetensorsArray<float>(place.Type, place.Shape, Read<float>(stream, place, dataLength));
        if (place.Type == SafetensorsType.F64)
            return new SafetensorsArray<double>(place.Type, place.Shape, Read<double>(stream, place, dataLength));
        if (place.Type == SafetensorsType.F16)
            return Widened(stream, place, dataLength, bits => (float)BitConverter.UInt16BitsToHalf(bits));
        if (place.Type == SafetensorsType.BF16)
            return Widened(stream, place, dataLength, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));
        PassOver(stream, place, dataLength);
        return new SafetensorsPassedOver(place.Name, place.Type, place.Shape);
    }

    private static SafetensorsArray<float> Widened(
        Stream stream, SafetensorsPlace place, long dataLength, Converter<ushort, float> widen) =>
        new(place.Type, place.Shape, Array.ConvertAll(Read<ushort>(stream, place, dataLength), widen));

    private static T[] Read<T>(Stream stream, SafetensorsPlace place, long dataLength)
        where T : unmanaged
    {
        (T[] elements, long bytes) = SafetensorsArray<T>.ReadElements(stream, place.Shape.ElementCount);
        return bytes == place.End - place.Begin ? elements : throw CutShort(place.Begin + bytes, dataLength);
    }

    private static void PassOver(Stream stream, SafetensorsPlace place, long dataLength)
    {
        byte[] buffer = new byte[Math.Min(place.End - place.Begin, 1 << 16)];
        for (long at = place.Begin; at < place.End;)
        {
            int count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, place.End - at));
            if (count == 0)
                throw CutShort(at, dataLength);
            at += count;
        }
    }

    private static SafetensorsException CutShort(long found, long expected) => new(
        $"safetensors: the header announces {expected} bytes of elements; the file has {found}. It was cut short; copy it again.");

    private static SafetensorsFile Assemble(SafetensorsHeader header, Dictionary<string, SafetensorsEntry> entries, bool hasChecksum)
    {
        var file = new SafetensorsFile { HasChecksum = hasChecksum };
        foreach ((string key, string text) in header.Metadata.Where(pair => pair.Key != SafetensorsChecksum.Key))
            file.Metadata.Add(key, text);
        foreach (SafetensorsPlace place in header.Places)
            file.Add(place.Name, entries[place.Name]);
        return file;
    }
}
