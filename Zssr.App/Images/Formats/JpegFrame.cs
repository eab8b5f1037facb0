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
internal sealed record JpegFrame(int Height, int Width, bool Progressive, JpegComponent[] Components)
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

        var frame = new JpegFrame(
            BinaryPrimitives.ReadUInt16BigEndian(data[1..]), BinaryPrimitives.ReadUInt16BigEndian(data[3..]),
            marker == ProgressiveDct, components);
        if (components.Any(part => frame.MostAcross % part.Horizontal != 0 || frame.MostDown % part.Vertical != 0))
            throw new NotSupportedException("with colours at an odd part of its resolution (as two thirds)");
        return frame;
    }

    /// <summary>Blocks of a unit from left to right, of the colour that has most.</summary>
    public int MostAcross { get; } = Components.Max(component => component.Horizontal);

    /// <summary>Blocks of a unit from top to bottom, of the colour that has most.</summary>
    public int MostDown { get; } = Components.Max(component => component.Vertical);

    /// <summary>Rows and columns of units of all colours: the last ones may hang over the picture.</summary>
    public (int Rows, int Columns) Units => (Divide(Height, 8 * MostDown), Divide(Width, 8 * MostAcross));

    /// <summary>Rows and columns that a colour has: fewer than the picture where it was stored smaller.</summary>
    public (int Rows, int Columns) SizeOf(JpegComponent component) =>
        (Divide((long)Height * component.Vertical, MostDown), Divide((long)Width * component.Horizontal, MostAcross));

    /// <summary>
    /// Rows and columns of the units that a scan of these components is coded in: several are coded by turns, one alone block by block,
    /// without those that only fill up the image.
    /// </summary>
    public (int Rows, int Columns) UnitsOf(JpegComponent[] scan)
    {
        if (scan.Length > 1)
            return Units;
        (int rows, int columns) = SizeOf(scan[0]);
        return (Divide(rows, 8), Divide(columns, 8));
    }

    private static int Divide(long value, long by) => (int)((value + by - 1) / by);
}
