namespace Zssr.App.Images.Formats;

/// <summary>Reads files byte by byte.</summary>
internal static class StreamBytes
{
    /// <summary>The next byte.</summary>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    public static int NextByte(this Stream file) => file.ReadByte() is >= 0 and int value ? value : throw new EndOfStreamException();
}
