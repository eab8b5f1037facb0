using System.Buffers.Binary;

namespace Zssr.Tests.App.Images;

/// <summary>Makes TIFF files as the specification says (TIFF 6.0, section 2), with whatever is wrong that a test wants.</summary>
internal static class TiffBytes
{
    public const int Bits = 258, Compression = 259, Colors = 262, Offsets = 273, Samples = 277, StripRows = 278, Lengths = 279,
        Planes = 284, Predictor = 317, TileWidth = 322, TileHeight = 323, TileOffsets = 324, TileLengths = 325, Format = 339;

    /// <summary>Where the pixels begin: after the header.</summary>
    public const int PixelsAt = 8;

    private const int LongType = 4, EntryLength = 12;

    /// <summary>A gray picture of 8 bits in one strip, lowest bytes first, unless other entries say something else.</summary>
    public static byte[] Gray(uint width, uint height, byte[] pixels, params (int Tag, uint[] Values)[] others)
    {
        var entries = new SortedDictionary<int, uint[]>
        {
            [256] = [width],
            [257] = [height],
            [Bits] = [8],
            [Compression] = [1],
            [Colors] = [1],
            [Offsets] = [PixelsAt],
            [StripRows] = [height],
            [Lengths] = [(uint)pixels.Length],
        };
        foreach ((int tag, uint[] values) in others)
            entries[tag] = values;
        return File(pixels, [.. entries.Select(entry => (entry.Key, entry.Value))]);
    }

    /// <summary>Header, pixels and a directory with these entries, each of 32 bits.</summary>
    public static byte[] File(byte[] pixels, (int Tag, uint[] Values)[] entries)
    {
        int directory = PixelsAt + pixels.Length, end = directory + 2 + entries.Length * EntryLength + 4;
        byte[] file = new byte[end + entries.Sum(entry => entry.Values.Length > 1 ? 4 * entry.Values.Length : 0)];
        "II*\0"u8.CopyTo(file);
        Put32(file, 4, (uint)directory);
        pixels.CopyTo(file, PixelsAt);
        Put16(file, directory, entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            (int tag, uint[] values) = entries[i];
            int at = directory + 2 + i * EntryLength;
            Put16(file, at, tag);
            Put16(file, at + 2, LongType);
            Put32(file, at + 4, (uint)values.Length);
            int valuesAt = at + 8;
            if (values.Length > 1)
            {
                Put32(file, at + 8, (uint)end);
                valuesAt = end;
                end += 4 * values.Length;
            }

            for (int value = 0; value < values.Length; value++)
                Put32(file, valuesAt + 4 * value, values[value]);
        }

        return file;
    }

    private static void Put16(byte[] file, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value);

    private static void Put32(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
}
