using Google.Protobuf;

namespace Zssr.Nn.Onnx;

/// <summary>
/// A message of protocol buffers, written field by field: each is a tag, of number and kind, and its value. A message within a message is
/// a field of bytes. (protobuf.dev, "Encoding".)
/// </summary>
internal sealed class ProtobufMessage : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public ProtobufMessage() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    /// <summary>Adds a whole number; enumerations are numbers, too.</summary>
    public void Add(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
    }

    /// <summary>Adds a text.</summary>
    public void Add(int field, string text)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(text);
    }

    /// <summary>Adds bytes.</summary>
    public void Add(int field, ReadOnlyMemory<byte> bytes)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    /// <summary>Adds a message of its own kind.</summary>
    public void Add(int field, Action<ProtobufMessage> write)
    {
        using var inner = new ProtobufMessage();
        write(inner);
        inner._output.Flush();
        Add(field, inner._bytes.GetBuffer().AsMemory(0, (int)inner._bytes.Length));
    }

    /// <summary>Writes the message to a stream, which is left open.</summary>
    public void WriteTo(Stream stream)
    {
        _output.Flush();
        _bytes.WriteTo(stream);
    }

    public void Dispose()
    {
        _output.Dispose();
        _bytes.Dispose();
    }
}
