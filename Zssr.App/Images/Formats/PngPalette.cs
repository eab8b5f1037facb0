using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>What the stored samples of a PNG image mean: the chunks PLTE and tRNS.</summary>
/// <remarks>Source: the PNG specification (ISO/IEC 15948), sections 11.2.3 and 11.3.2.1.</remarks>
internal sealed class PngPalette
{
    private readonly PngHeader _header;
    private readonly byte[]? _colors;
    private readonly byte[]? _transparency;
    private readonly int[] _invisible = [];

    private PngPalette(PngHeader header, byte[]? colors, byte[]? transparency)
    {
        (_header, _colors, _transparency) = (header, colors, transparency);
        Samples = (header.IsPalette ? 3 : header.Samples) + (transparency is null ? 0 : 1);
        if (transparency is not null && !header.IsPalette)
        {
            _invisible = [.. Enumerable.Range(0, header.Samples)
                .Select(i => BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(2 * i)) & ((1 << header.Bits) - 1))];
        }
    }

    /// <summary>Samples of a pixel after <see cref="Resolve"/>.</summary>
    public int Samples { get; }

    /// <summary>Reads the chunks before the pixels.</summary>
    public static PngPalette Read(Stream file, PngHeader header)
    {
        byte[]? colors = null, transparency = null;
        var chunks = new PngChunkReader(file);
        while (chunks.Next() && chunks.Type != "IDAT")
        {
            if (chunks.Type == "PLTE" && header.IsPalette)
                colors = chunks.Length is > 0 and <= 768 && chunks.Length % 3 == 0 ? chunks.ReadAll() : throw Wrong("palette");
            else if (chunks.Type == "tRNS")
                transparency = Fits(chunks.Length, header, colors) ? chunks.ReadIntact() : throw Wrong("transparency");
        }

        if (header.IsPalette && colors is null)
            throw new InvalidDataException("it has no palette");
        return new PngPalette(header, colors, transparency);
    }

    /// <summary>The values of a pixel, 0…1.</summary>
    /// <param name="row">The row as stored.</param>
    /// <param name="column">Which of its pixels.</param>
    /// <param name="pixel">Takes <see cref="Samples"/> values.</param>
    public void Resolve(PngRows row, int column, Span<float> pixel)
    {
        if (_colors is not null)
        {
            int index = row[column];
            for (int c = 0; c < 3; c++)
                pixel[c] = 3 * index < _colors.Length ? _colors[3 * index + c] / 255f : 0; // outside the palette is black, as in libpng
            if (_transparency is not null)
                pixel[3] = index < _transparency.Length ? _transparency[index] / 255f : 1;
            return;
        }

        int samples = _header.Samples;
        float most = (1 << _header.Bits) - 1;
        bool isInvisible = _invisible.Length > 0;
        for (int c = 0; c < samples; c++)
        {
            int value = row[column * samples + c];
            pixel[c] = value / most;
            isInvisible = isInvisible && value == _invisible[c];
        }

        if (_invisible.Length > 0)
            pixel[samples] = isInvisible ? 0 : 1;
    }

    /// <summary>An alpha for each colour or for the first ones; else one invisible gray or colour, 16 bits a sample.</summary>
    private static bool Fits(long length, PngHeader header, byte[]? colors) => header.ColorType switch
    {
        0 or 2 => length == 2 * header.Samples,
        3 => colors is not null && length <= colors.Length / 3,
        _ => false,
    };

    private static InvalidDataException Wrong(string what) => new($"its {what} is damaged");
}
