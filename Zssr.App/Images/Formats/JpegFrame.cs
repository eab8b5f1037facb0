using System.Buffers.Binary;

namespace Zssr.App.Images.Formats;

/// <summary>One colour of a JPEG image.</summary>
/// <param name="Id">The number that scans name it by.</param>
/// <param name="Horizontal">Sampling factor: blocks of 8 columns in a unit, 1…4.</param>
/// <param name="Vertical">Sampling factor: blocks of 8 rows in a unit, 1…4.</param>
/// <param name="Steps">The number of its table of quantisation steps.</param>
internal readonly record struct JpegComponent(int Id, int Horizontal, int Vertical, int Steps);

/// <summary>The header of a JPEG's frame.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Progressive">Whether coefficients come in several scans.</param>
/// <param name="Components">1 gray, 3 colour, 4 CMYK.</param>
/// <remarks>Source: ITU-T T.81, section B.2.2.</remarks>
internal sealed record JpegFrame(int Height, int Width, bool Progressive, IReadOnlyList<JpegComponent> Components)
{
    private const int Baseline = 0xC0, Extended = 0xC1, ProgressiveDct = 0xC2;
    private const int HeaderLength = 6, ComponentLength = 3;

    /// <summary>Understands the header.</summary>
    /// <param name="marker">Its marker, which says how the image is coded.</param>
    /// <param name="data">Its data.</param>
    public static JpegFrame Of(int marker, ReadOnlySpan<byte> data)
    {
        if (marker is not (Baseline or Extended or ProgressiveDct))
            throw new NotSupportedException("with lossless, hierarchical or arithmetic coding");
        if (data.Length < HeaderLength || data.Length != HeaderLength + ComponentLength * data[5])
            throw new InvalidDataException("its header is damaged");
        if (data[0] != 8)
            throw new NotSupportedException($"with {data[0]} bits a sample");
        if (data[5] is not (1 or 3 or 4))
            throw new NotSupportedException($"with {data[5]} colours");
        var components = new JpegComponent[data[5]];
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<byte> part = data[(HeaderLength + ComponentLength * i)..];
            components[i] = new JpegComponent(part[0], part[1] >> 4, part[1] & 15, part[2]);
            if (components[i] is not { Horizontal: >= 1 and <= 4, Vertical: >= 1 and <= 4 })
                throw new InvalidDataException("its header is damaged");
        }

        return new JpegFrame(
            BinaryPrimitives.ReadUInt16BigEndian(data[1..]), BinaryPrimitives.ReadUInt16BigEndian(data[3..]),
            marker == ProgressiveDct, components);
    }

    /// <summary>
    /// Units that a scan of these components is coded in: several are coded by turns, one alone block by block, without those that only
    /// fill up the image.
    /// </summary>
    public long UnitsOf(IReadOnlyList<JpegComponent> scan)
    {
        int across = Components.Max(part => part.Horizontal), down = Components.Max(part => part.Vertical);
        (long columns, long rows) = scan.Count > 1
            ? (Divide(Width, 8 * across), Divide(Height, 8 * down))
            : (Divide(Divide((long)Width * scan[0].Horizontal, across), 8), Divide(Divide((long)Height * scan[0].Vertical, down), 8));
        return columns * rows;
    }

    private static long Divide(long value, long by) => (value + by - 1) / by;
}
