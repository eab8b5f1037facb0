using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Writes a safetensors file: length, header, padding, elements.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    // Letters beyond ASCII stay readable; what this encoder leaves unescaped is unsafe within HTML only.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(SafetensorsFile file, Stream stream)
    {
        ReadOnlySpan<byte> header = Header(file).WrittenSpan;
        // The 8 bytes of the length need no padding of their own.
        int padding = (Alignment - header.Length % Alignment) % Alignment;
        int length = header.Length + padding;
        if (length > SafetensorsFile.LongestHeader)
        {
            throw new SafetensorsException(
                $"safetensors: the header of {file.Names.Count} arrays and {file.Metadata.Count} metadata takes {length} bytes; " +
                $"at most {SafetensorsFile.LongestHeader} are written. Use fewer arrays, or shorter names and metadata.");
        }

        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(lengthBytes, (ulong)length);
        stream.Write(lengthBytes);
        stream.Write(header);
        stream.Write("       "u8[..padding]);
        foreach ((_, SafetensorsEntry entry) in file.Entries)
            entry.WriteElements(stream);
    }

    private static ArrayBufferWriter<byte> Header(SafetensorsFile file)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        if (file.Metadata.Count > 0)
            WriteMetadata(json, file.Metadata);
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

    private static void WriteMetadata(Utf8JsonWriter json, Dictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsText.MetadataName);
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
        json.WriteString("dtype", entry.DType == DType.Float32 ? "F32" : "F64");
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
