using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zssr.Nn;

/// <summary>Writes a safetensors file: length, header, padding, elements.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    // Letters beyond ASCII stay readable; what this encoder leaves unescaped is unsafe within HTML only.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(SafetensorsFile file, Stream stream, bool withChecksum)
    {
        byte[] header = PaddedHeader(file, withChecksum ? SafetensorsChecksum.Blank : null);
        if (withChecksum)
        {
            int place = SafetensorsChecksum.PlaceIn(header, SafetensorsChecksum.Blank);
            Encoding.ASCII.GetBytes(Checksum(file, header, place)).CopyTo(header, place);
        }

        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(lengthBytes, (ulong)header.Length);
        stream.Write(lengthBytes);
        stream.Write(header);
        foreach ((_, SafetensorsEntry entry) in file.Entries)
            entry.WriteElements(stream);
    }

    private static string Checksum(SafetensorsFile file, byte[] header, int place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SafetensorsChecksum.AppendHeader(hash, header, place);
        using var summed = new HashingStream(Stream.Null, hash);
        foreach ((_, SafetensorsEntry entry) in file.Entries)
            entry.WriteElements(summed);
        return SafetensorsChecksum.Digits(hash);
    }

    private static byte[] PaddedHeader(SafetensorsFile file, string? checksum)
    {
        ReadOnlySpan<byte> header = Header(file, checksum).WrittenSpan;
        // The 8 bytes of the length need no padding of their own.
        int padding = (Alignment - header.Length % Alignment) % Alignment;
        int length = header.Length + padding;
        if (length > SafetensorsFile.LongestHeader)
        {
            throw new SafetensorsException(
                $"safetensors: the header of {file.Names.Count} arrays and {file.Metadata.Count} metadata takes {length} bytes; " +
                $"at most {SafetensorsFile.LongestHeader} are written. Use fewer arrays, or shorter names and metadata.");
        }

        return [.. header, .. "       "u8[..padding]];
    }

    private static ArrayBufferWriter<byte> Header(SafetensorsFile file, string? checksum)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        if (file.Metadata.Count > 0 || checksum is not null)
            WriteMetadata(json, file.Metadata, checksum);
        long begin = 0;
        foreach ((string name, SafetensorsEntry entry) in file.Entries)
        {
            WriteEntry(json, name, entry, begin);
            begin += entry.ByteCount;
        }

        json.WriteEndObject();
        json.Flush();
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, Dictionary<string, string> metadata, string? checksum)
    {
        if (metadata.ContainsKey(SafetensorsChecksum.Key))
        {
            throw new SafetensorsException(
                $"safetensors: the metadata '{SafetensorsChecksum.Key}' is the file's own checksum. Name the text differently.");
        }

        json.WriteStartObject(SafetensorsText.MetadataName);
        if (checksum is not null)
            json.WriteString(SafetensorsChecksum.Key, checksum);
        // Sorted, because a dictionary promises no order and the bytes must not depend on it.
        foreach ((string key, string text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (text is null)
                throw new SafetensorsException($"safetensors: the metadata {SafetensorsText.Quote(key)} is null. Give it a string.");
            SafetensorsText.RequireUnicode(key);
            SafetensorsText.RequireUnicode(text);
            json.WriteString(key, text);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, SafetensorsEntry entry, long begin)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", entry.WrittenAs.Name);
        json.WriteStartArray("shape");
        foreach (int size in entry.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + entry.ByteCount);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
