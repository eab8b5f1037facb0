using Zssr.App.Images.Metadata;
using Zssr.Nn;

namespace Zssr.App.Images.Formats;

/// <summary>
/// Reads JPEG files: gray, colour and CMYK, sequential and progressive. The pixels are those of libjpeg's usual method.
/// </summary>
internal sealed class JpegReader : ImageReader
{
    /// <summary>Profiles and thumbnails come before the frame's header; after this many bytes it is no longer looked for.</summary>
    private const long LongestPreface = 64 << 20;

    private readonly Stream _file;
    private readonly JpegFrame _frame;

    private JpegReader(Stream file, JpegFrame frame, int height, int width)
        : base(height, width) => (_file, _frame) = (file, frame);

    /// <summary>Walks to the header of the frame.</summary>
    public static JpegReader Open(Stream file)
    {
        var segments = new JpegSegmentReader(file);
        JpegFrame frame = FindFrame(file, segments);
        (int height, int width) = RequireSize(frame.Height, frame.Width);
        return new JpegReader(file, frame, height, width);
    }

    /// <summary>Looks over the scans, and for the one thing that the colours of CMYK cannot be known without.</summary>
    public override void Check()
    {
        _ = JpegColors.Of(_frame, new JpegSegmentReader(_file));
        var segments = new JpegSegmentReader(_file);
        new JpegScans(_frame).Walk(segments);
        if (segments.StrayBytes > 0)
            Note("stray bytes between its parts were passed over");
        if (segments.HasNoEnd)
            Note("the mark of its end is missing");
    }

    public override SampleImage Decode()
    {
        JpegColors colors = JpegColors.Of(_frame, new JpegSegmentReader(_file));
        JpegPlane[] planes = [.. _frame.Components.Select(component => new JpegPlane(_frame, component))];
        new JpegScans(_frame, planes).Walk(new JpegSegmentReader(_file));
        Array.ForEach(planes, plane => plane.Finish());

        JpegUpsampling[] upsampled = [.. planes.Select(plane => new JpegUpsampling(plane))];
        SampleImage image = SampleImage.Blank(Height, Width, planes.Length == 1 ? 1 : 3) with { Compression = CompressionOf(planes, colors) };
        byte[][] rows = [.. planes.Select(_ => new byte[Width])];
        Span<byte> pixel = stackalloc byte[planes.Length];
        for (int row = 0; row < Height; row++)
        {
            for (int i = 0; i < planes.Length; i++)
                upsampled[i].Row(row, rows[i]);
            for (int column = 0; column < Width; column++)
            {
                for (int i = 0; i < planes.Length; i++)
                    pixel[i] = rows[i][column];
                colors.Resolve(pixel);
                Span<float> values = image.At(row, column);
                for (int c = 0; c < values.Length; c++)
                    values[c] = pixel[c] / 255f;
            }
        }

        return image;
    }

    public override ImageMetadata? ReadMetadata() => JpegMetadata.Read(_file);

    public override ExifOrientation ReadOrientation() =>
        JpegMetadata.ReadExif(_file) is { } exif ? ExifBlock.OrientationOf(exif) : ExifOrientation.Upright;

    /// <summary>The steps and sizes of gray, or of Y, Cb and Cr where Y has every pixel and the others are alike; null of other colours.</summary>
    private static JpegCompression? CompressionOf(JpegPlane[] planes, JpegColors colors)
    {
        JpegPlane first = planes[0], second = planes[^1];
        bool isGray = planes.Length == 1, isUsual = planes.Length == 3 && colors.IsLightAndColor;
        if (!(isGray || isUsual) || (isUsual && (first.Across, first.Down, planes[1].Across, planes[1].Down) != (1, 1, second.Across, second.Down)))
            return null;
        return new JpegCompression
        {
            Luma = JpegTransform.InRows(first.Steps),
            BlueDifference = JpegTransform.InRows(planes[isGray ? 0 : 1].Steps),
            RedDifference = JpegTransform.InRows(second.Steps),
            Down = isGray ? 1 : second.Down,
            Across = isGray ? 1 : second.Across,
        };
    }

    private static JpegFrame FindFrame(Stream file, JpegSegmentReader segments)
    {
        while (segments.Next())
        {
            if (segments.IsFrame)
                return JpegFrame.Of(segments.Marker, segments.ReadAll());
            if (segments.Marker == JpegSegmentReader.StartOfScan || file.Position > LongestPreface)
                break;
        }

        throw new InvalidDataException("it has no header");
    }
}
