using StbImageSharp;
using Zssr.App.Images.Metadata;

namespace Zssr.App.Images.Formats;

/// <summary>
/// Reads JPEG files: gray, colour and CMYK, sequential and progressive. StbImageSharp, which follows the C library stb_image, decodes them,
/// after a look over the file for whatever it takes badly.
/// </summary>
internal sealed class JpegReader : ImageReader
{
    /// <summary>Profiles and thumbnails come before the frame's header; behind so many bytes nobody looks for it.</summary>
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
        if (_file.Length > Array.MaxLength)
            throw new NotSupportedException("of more than 2 GB");
        if (_frame.Components.Count == 4 && !HasAdobeTransform())
            throw new NotSupportedException("of four colours that does not say which (it has no marker of Adobe's)");
        new JpegScans(_frame).Check(new JpegSegmentReader(_file));
    }

    public override SampleImage Decode()
    {
        byte[] bytes = new byte[_file.Length];
        _file.Position = 0;
        _file.ReadExactly(bytes);
        using var stream = new WholeStream(bytes);
        ImageResult image = ImageResult.FromStream(stream, ColorComponents.Default);
        return new SampleImage(image.Height, image.Width, (int)image.SourceComp, Array.ConvertAll(image.Data, value => value / 255f));
    }

    public override ImageMetadata? ReadMetadata() => JpegMetadata.Read(_file);

    public override ExifOrientation ReadOrientation() =>
        JpegMetadata.ReadExif(_file) is { } exif ? ExifBlock.OrientationOf(exif) : ExifOrientation.Upright;

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

    /// <summary>Whether Adobe's segment says that the four colours are CMYK (0) or YCCK (2).</summary>
    private bool HasAdobeTransform()
    {
        const int AdobeMarker = 0xEE, TransformAt = 11;
        var segments = new JpegSegmentReader(_file);
        while (segments.Next() && segments.Marker != JpegSegmentReader.StartOfScan)
        {
            if (segments.Marker == AdobeMarker && segments.Length > TransformAt
                && segments.ReadAll() is var data && data.AsSpan().StartsWith("Adobe"u8))
                return data[TransformAt] is 0 or 2;
        }

        return false;
    }

    /// <summary>
    /// Ends with an error where the data do. The decoder would take what is missing for zeros, or wait for it in an endless loop.
    /// </summary>
    private sealed class WholeStream(byte[] file) : MemoryStream(file, writable: false)
    {
        public override int ReadByte()
        {
            int value = base.ReadByte();
            return value >= 0 ? value : throw new EndOfStreamException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is int read && read == count ? read : throw new EndOfStreamException();
    }
}
