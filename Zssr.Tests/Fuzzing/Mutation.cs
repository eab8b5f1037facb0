using System.Buffers.Binary;

namespace Zssr.Tests.Fuzzing;

/// <summary>Random damage to a file.</summary>
internal static class Mutation
{
    /// <summary>Numbers at which lengths and sizes go wrong.</summary>
    private static readonly uint[] Extremes =
        [0, 1, 2, 3, 7, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 0x00FFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>
    /// A copy with one to four changes: a bit flipped; a byte replaced, removed or repeated; a block removed or repeated; a number of 2 or
    /// 4 bytes replaced by an extreme one, in either order of bytes; the end cut off; or what follows taken from another file.
    /// </summary>
    public static byte[] Of(byte[] file, Random random, byte[]? other = null)
    {
        List<byte> changed = [.. file];
        int changes = random.Next(1, 5);
        for (int i = 0; i < changes && changed.Count > 0; i++)
            Change(changed, random, other ?? file);
        return [.. changed];
    }

    private static void Change(List<byte> file, Random random, byte[] other)
    {
        int place = random.Next(file.Count), length = Math.Min(random.Next(1, 33), file.Count - place);
        switch (random.Next(12))
        {
            case 0:
                file.RemoveRange(place, file.Count - place);
                break;
            case 1:
                file.RemoveAt(place);
                break;
            case 2:
                file.Insert(place, file[place]);
                break;
            case 3:
                file[place] = (byte)random.Next(256);
                break;
            case 4:
                file.RemoveRange(place, length);
                break;
            case 5:
                file.InsertRange(random.Next(file.Count), file.GetRange(place, length));
                break;
            case 6 or 7:
                SetNumber(file, place, random);
                break;
            case 8:
                file.RemoveRange(place, file.Count - place);
                file.AddRange(other.AsSpan(random.Next(other.Length)));
                break;
            default:
                file[place] ^= (byte)(1 << random.Next(8));
                break;
        }
    }

    private static void SetNumber(List<byte> file, int place, Random random)
    {
        uint extreme = Extremes[random.Next(Extremes.Length)];
        Span<byte> bytes = stackalloc byte[4];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, extreme);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, extreme);
        int width = random.Next(2) == 0 ? 4 : 2;
        // Of a big-endian number the last bytes are the small ones.
        ReadOnlySpan<byte> written = bytes[(4 - width)..];
        for (int i = 0; i < width && place + i < file.Count; i++)
            file[place + i] = written[i];
    }
}
