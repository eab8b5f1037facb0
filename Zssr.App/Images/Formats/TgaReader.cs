using System.Buffers.Binary;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>Reads Truevision's TGA files: palette, colour and gray, with and without run-length coding, from any corner.</summary>
/// <remarks>Source: Truevision, "TGA File Format Specification", version 2.0, 1991.</remarks>
internal sealed class TgaReader : ImageReader
{
    private readonly Stream _file;
    private readonly TgaHeader _header;

    private TgaReader(Stream file, TgaHeader header)
        : base(header.Height, header.Width) => (_file, _header) = (file, header);

    /// <summary>Reads the header.</summary>
    public static TgaReader Open(Stream file) => new(file, TgaHeader.Read(file));

    /// <summary>Whether all pixels are there.</summary>
    public override void Check()
    {
        _file.Position = _header.PixelStart;
        long pixels = (long)Height * Width, bytes = _header.PixelBytes;
        if (!_header.RunLength)
        {
            if (_file.Length - _file.Position < pixels * bytes)
                throw new EndOfStreamException();
            return;
        }

        while (pixels > 0)
        {
            (bool isRun, int count) = NextPacket();
            _file.Position += isRun ? bytes : count * bytes;
            if (_file.Position > _file.Length)
                throw new EndOfStreamException();
            pixels -= count;
        }
    }

    public override SampleImage Decode()
    {
        float[] palette = ReadPalette();
        var image = SampleImage.Blank(Height, Width, _header.Samples);
        byte[] pixel = new byte[_header.PixelBytes];
        _file.Position = _header.PixelStart;
        bool isRun = false;
        int left = 0; // pixels of the packet
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++, left--)
            {
                bool isFirst = _header.RunLength && left == 0;
                if (isFirst)
                    (isRun, left) = NextPacket();
                if (isFirst || !isRun)
                    _file.ReadExactly(pixel);
                Span<float> values = image.At(_header.TopDown ? row : Height - 1 - row, column);
                if (!_header.IsPalette)
                    Resolve(pixel, values);
                else if (IndexOf(pixel) is >= 0 and int index && index * values.Length < palette.Length)
                    palette.AsSpan(index * values.Length, values.Length).CopyTo(values);
            }
        }

        return _header.HasAlphaBits && !_header.HasOneAlphaBit ? image : OpaqueIfInvisible(image);
    }

    public override ExifOrientation ReadOrientation() => _header.RightToLeft ? ExifOrientation.MirroredLeftRight : ExifOrientation.Upright;

    /// <summary>A packet's first byte: the highest bit says whether one pixel follows, to be repeated; the others count, less 1.</summary>
    private (bool IsRun, int Count) NextPacket() => _file.ReadByte() is >= 0 and int head
        ? ((head & 0x80) != 0, (head & 0x7F) + 1) : throw new EndOfStreamException();

    private int IndexOf(byte[] pixel) => (pixel.Length == 1 ? pixel[0] : BinaryPrimitives.ReadUInt16LittleEndian(pixel)) - _header.MapFirst;

    private float[] ReadPalette()
    {
        if (!_header.IsPalette)
            return [];
        byte[] entry = new byte[_header.MapEntryBytes];
        float[] palette = new float[_header.MapLength * _header.Samples];
        _file.Position = _header.MapStart;
        for (int i = 0; i < _header.MapLength; i++)
        {
            _file.ReadExactly(entry);
            Resolve(entry, palette.AsSpan(i * _header.Samples, _header.Samples));
        }

        return palette;
    }

    /// <summary>Gray, and alpha; blue, green, red, and alpha; or one bit of alpha and 5 bits each of red, green and blue.</summary>
    private static void Resolve(byte[] stored, Span<float> values)
    {
        if (values.Length >= 3 && stored.Length == 2)
        {
            int bits = BinaryPrimitives.ReadUInt16LittleEndian(stored);
            (values[0], values[1], values[2]) = (((bits >> 10) & 31) / 31f, ((bits >> 5) & 31) / 31f, (bits & 31) / 31f);
            if (values.Length == 4)
                values[3] = bits >> 15;
            return;
        }

        for (int c = 0; c < values.Length; c++)
            values[c] = stored[values.Length >= 3 && c < 3 ? 2 - c : c] / 255f;
    }

    /// <summary>
    /// Where the header says that there is no alpha, and all of it is 0, the byte was only filled up. So was a single bit that is 0
    /// everywhere, whatever the header says.
    /// </summary>
    private static SampleImage OpaqueIfInvisible(SampleImage image)
    {
        if (!image.HasAlpha)
            return image;
        int last = image.Samples - 1;
        for (int i = last; i < image.Values.Length; i += image.Samples)
        {
            if (image.Values[i] != 0)
                return image;
        }

        for (int i = last; i < image.Values.Length; i += image.Samples)
            image.Values[i] = 1;
        return image;
    }
}
