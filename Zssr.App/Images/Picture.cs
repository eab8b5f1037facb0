using Zssr.App.Images.Metadata;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Images;

/// <summary>
/// An image in memory: gray or colour, with transparency if the file had any. Values are 0…1, rows from the top, channels innermost.
/// </summary>
internal sealed class Picture
{
    /// <summary>An image with these values.</summary>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="channels">1 for gray, 3 for red, green, blue.</param>
    /// <param name="color">height × width × channels values, 0…1.</param>
    /// <param name="alpha">height × width values, 0 (invisible) … 1 (opaque); null where everything is opaque.</param>
    public Picture(int height, int width, int channels, float[] color, float[]? alpha = null)
    {
        if (channels is not (1 or 3) || color.Length != (long)height * width * channels
            || (alpha is not null && alpha.Length != (long)height * width))
        {
            throw new ArgumentException(
                $"picture: {color.Length} colour and {alpha?.Length ?? 0} alpha values do not make {height} × {width} × {channels}.");
        }

        (Height, Width, Channels, Color, Alpha) = (height, width, channels, color, alpha);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>1 for gray, 3 for colour; transparency does not count.</summary>
    public int Channels { get; }

    /// <summary>Height × Width × Channels values.</summary>
    public float[] Color { get; }

    /// <summary>Height × Width values; null where everything is opaque.</summary>
    public float[]? Alpha { get; }

    /// <summary>Bits of a sample in the file that it came from, 8 or 16; a result goes into a file with as many, if that can have them.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>How its file was compressed, if it was a JPEG; else null.</summary>
    public JpegCompression? Compression { get; init; }

    /// <summary>What its file said about it, or is to say; null where nothing.</summary>
    public ImageMetadata? Metadata { get; init; }

    /// <summary>All but the colour.</summary>
    public PictureFrame Frame => new(Height, Width, Channels, Alpha, Metadata, Bits) { Compression = Compression };

    /// <summary>The same picture with the metadata and the bits of the one that it was made from, as far as they are true of it.</summary>
    public Picture WithMetadataOf(PictureFrame source) => new(Height, Width, Channels, Color, Alpha)
    {
        Bits = source.Bits,
        Metadata = source.Metadata?.Scaled((double)Height / source.Height, (double)Width / source.Width),
    };

    /// <summary>The part of the picture that begins at its upper left corner, without metadata; the picture itself if that is all of it.</summary>
    public Picture TopLeft(int height, int width)
    {
        if ((height, width) == (Height, Width))
            return this;
        float[] Cut(float[] values)
        {
            int channels = values.Length / (Height * Width);
            float[] part = new float[height * width * channels];
            for (int row = 0; row < height; row++)
                Array.Copy(values, row * Width * channels, part, row * width * channels, width * channels);
            return part;
        }

        return new Picture(height, width, Channels, Cut(Color), Alpha is null ? null : Cut(Alpha));
    }

    /// <summary>The colour as a tensor [1, Height, Width, Channels].</summary>
    public Tensor ToTensor(Device device) => Tensor.From(device, [1, Height, Width, Channels], Color);

    /// <summary>The picture of a tensor [1, height, width, 1 or 3], values clamped to 0…1.</summary>
    public static Picture FromTensor(Tensor image, float[]? alpha = null)
    {
        float[] color = image.ToArray();
        foreach (ref float value in color.AsSpan())
            value = Math.Clamp(value, 0f, 1f);
        return new Picture(image.Shape[1], image.Shape[2], image.Shape[3], color, alpha);
    }
}

/// <summary>What is left of a picture whose colour is on a device: a large one need not be in memory twice.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 for gray, 3 for colour.</param>
/// <param name="Alpha">Height × Width values, 0…1; null where everything is opaque.</param>
/// <param name="Metadata">What its file said about it; null where nothing.</param>
/// <param name="Bits">Of a sample in its file, 8 or 16.</param>
internal sealed record PictureFrame(int Height, int Width, int Channels, float[]? Alpha, ImageMetadata? Metadata, int Bits = 8)
{
    /// <summary>How the picture's file was compressed, if it was a JPEG; else null.</summary>
    public JpegCompression? Compression { get; init; }
}
