using System.IO.Compression;

namespace Zssr.Nn;

/// <summary>Reads the variables of a MAT-file of level 5 (MathWorks, "MAT-File Format", chapter "MAT-File Format for Level 5").</summary>
/// <remarks>
/// 128 bytes of header, of which 116 are text, 2 the version (0x0100) and 2 the letters MI as a number, which tell the order of bytes.
/// Then one data element for each variable: a matrix, or a matrix compressed by zlib.
/// </remarks>
internal static class MatFile
{
    private const int HeaderBytes = 128;
    private const int VersionPlace = 124;
    private const int MostBytes = 64 << 20;

    /// <summary>
    /// As much of a compressed variable as is unpacked: more than a kernel of the largest size takes (255 · 255 · 8 bytes and some
    /// tags). Of a larger variable this is enough to learn that it is none.
    /// </summary>
    private const int MostUnpackedBytes = 1 << 20;

    /// <summary>As much of all compressed variables together: a small file may have thousands that unpack to a thousand times more.</summary>
    private const long MostUnpackedInAll = 64 << 20;

    /// <summary>The variables in the file's order; MATLAB's own, which have no name, are left out.</summary>
    /// <exception cref="BlurKernelException">The file is of another kind, too large, or damaged.</exception>
    public static IReadOnlyList<MatVariable> Read(Stream stream)
    {
        ReadOnlyMemory<byte> file = ReadUpTo(stream, MostBytes + 1);
        if (file.Length > MostBytes)
            throw new BlurKernelException($"MAT-file: it has over {MostBytes} bytes. Save the kernel alone: save('kernel.mat', 'Kernel').");

        bool littleEndian = RequireLevel5(file.Span);
        ReadOnlyMemory<byte> rest = file[HeaderBytes..];
        var variables = new List<MatVariable>();
        long unpacked = 0;
        while (!rest.IsEmpty)
        {
            var element = MatElement.Read(ref rest, littleEndian);
            _ = element.WholeData;
            if (element.Type == MatType.Compressed)
            {
                element = Unpack(element);
                unpacked += element.Data.Length;
            }

            if (unpacked > MostUnpackedInAll)
                throw new BlurKernelException(
                    $"MAT-file: its variables unpack to over {MostUnpackedInAll} bytes. Save the kernel alone: save('kernel.mat', 'Kernel').");
            if (element.Type != MatType.Matrix)
                throw new BlurKernelException($"MAT-file: type {(int)element.Type} stands in place of a variable. It is damaged.");
            var variable = new MatVariable(element);
            if (variable.Name.Length > 0)
                variables.Add(variable);
        }

        return variables;
    }

    /// <summary>Throws unless the header is that of level 5.</summary>
    /// <returns>True where the file's numbers are little-endian.</returns>
    private static bool RequireLevel5(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> version = file.Length >= HeaderBytes ? file[VersionPlace..HeaderBytes] : [];
        if (version.SequenceEqual((ReadOnlySpan<byte>)[0x00, 0x01, (byte)'I', (byte)'M']))
            return true;
        if (version.SequenceEqual((ReadOnlySpan<byte>)[0x01, 0x00, (byte)'M', (byte)'I']))
            return false;

        const string Advice = "Save it again with save('kernel.mat', 'Kernel', '-v7').";
        if (file.StartsWith("MATLAB 7.3"u8) || IsHdf5(file))
            throw new BlurKernelException($"MAT-file: it is of version 7.3 (HDF5), which is not read here. {Advice}");
        // Level 4 has no header; its files begin with a small number, and so with a zero byte, where level 5 has text.
        if (file.Length >= 4 && file[..4].Contains((byte)0))
            throw new BlurKernelException($"MAT-file: it looks like one of version 4, which is not read here. {Advice}");
        throw new BlurKernelException($"MAT-file: the {file.Length} bytes do not begin with the header of one. {Advice}");
    }

    private static bool IsHdf5(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']);

    private static MatElement Unpack(MatElement compressed)
    {
        ReadOnlyMemory<byte> unpacked;
        try
        {
            using var packed = new MemoryStream(compressed.Data.ToArray(), writable: false);
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            unpacked = ReadUpTo(zlib, MostUnpackedBytes);
        }
        // A preset dictionary, which no MAT-file has, is an IOException; the source is memory, so nothing else is.
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new BlurKernelException($"MAT-file: a compressed variable cannot be unpacked ({e.Message}). The file is damaged.", e);
        }

        bool isCut = unpacked.Length == MostUnpackedBytes;
        var element = MatElement.Read(ref unpacked, compressed.LittleEndian);
        if (!isCut)
            _ = element.WholeData;
        return element;
    }

    private static ReadOnlyMemory<byte> ReadUpTo(Stream stream, int most)
    {
        // Grows with what arrives: a stream's length is not believed.
        byte[] bytes = new byte[Math.Min(most, 1 << 16)];
        int count = 0;
        while (true)
        {
            count += stream.ReadAtLeast(bytes.AsSpan(count), bytes.Length - count, throwOnEndOfStream: false);
            if (count < bytes.Length || count == most)
                return bytes.AsMemory(0, count);
            Array.Resize(ref bytes, (int)Math.Min(most, 2L * bytes.Length));
        }
    }
}
