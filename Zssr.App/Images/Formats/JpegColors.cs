namespace Zssr.App.Images.Formats;

/// <summary>What the colours of a JPEG image are.</summary>
/// <param name="IsLightAndColor">Whether brightness and two differences (YCbCr) stand for red, green and blue.</param>
/// <param name="IsInk">Whether a fourth is black ink; all are stored inverted, as Adobe's programs write them.</param>
/// <remarks>Source: ITU-T T.871 (JFIF), section 7, for the conversion; Adobe's technical note 5116, for the segment APP14.</remarks>
internal sealed record JpegColors(bool IsLightAndColor, bool IsInk)
{
    private const int JfifMarker = 0xE0, AdobeMarker = 0xEE, TransformAt = 11;
    private const int Bits = 16, Half = 1 << (Bits - 1);

    // 1.402, 1.772, 0.71414 and 0.34414 times 2^16.
    private const int RedOfCr = 91881, BlueOfCb = 116130, GreenOfCr = 46802, GreenOfCb = 22554;

    /// <summary>
    /// Finds out. Three colours are YCbCr unless Adobe's segment says otherwise, or they are named R, G and B; of four colours only
    /// Adobe's segment can tell what they are.
    /// </summary>
    /// <exception cref="NotSupportedException">There are four, and no such segment.</exception>
    public static JpegColors Of(JpegFrame frame, JpegSegmentReader segments)
    {
        int? transform = null;
        bool isJfif = false;
        while (segments.Next() && segments.Marker != JpegSegmentReader.StartOfScan)
        {
            if (segments.Marker == JfifMarker && segments.Length >= 14)
                isJfif |= segments.ReadAll().AsSpan().StartsWith("JFIF\0"u8);
            if (segments.Marker == AdobeMarker && segments.Length > TransformAt
                && segments.ReadAll() is var data && data.AsSpan().StartsWith("Adobe"u8))
                transform ??= data[TransformAt];
        }

        JpegComponent[] parts = frame.Components;
        return parts.Length switch
        {
            1 => new JpegColors(false, false),
            4 when transform is 0 or 2 => new JpegColors(transform == 2, true),
            4 => throw new NotSupportedException("of four colours that does not say which (it has no marker of Adobe's)"),
            _ when isJfif => new JpegColors(true, false),
            _ when transform is not null => new JpegColors(transform != 0, false),
            _ => new JpegColors((parts[0].Id, parts[1].Id, parts[2].Id) is not ('R', 'G', 'B'), false),
        };
    }

    /// <summary>A pixel's red, green and blue (or gray) from what is stored of it, in place.</summary>
    public void Resolve(Span<byte> pixel)
    {
        if (IsLightAndColor)
        {
            int y = pixel[0], cb = pixel[1] - 128, cr = pixel[2] - 128;
            pixel[0] = Limit(y + ((RedOfCr * cr + Half) >> Bits));
            pixel[1] = Limit(y + ((-GreenOfCb * cb - GreenOfCr * cr + Half) >> Bits));
            pixel[2] = Limit(y + ((BlueOfCb * cb + Half) >> Bits));
        }

        if (!IsInk)
            return;
        // What is stored is how much light each ink lets through; YCbCr is that of the inks themselves.
        for (int c = 0; c < 3; c++)
            pixel[c] = (byte)(((IsLightAndColor ? 255 - pixel[c] : pixel[c]) * pixel[3] + 127) / 255);
    }

    private static byte Limit(int value) => (byte)Math.Clamp(value, 0, 255);
}
