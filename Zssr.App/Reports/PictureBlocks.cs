using Zssr.App.Images;

namespace Zssr.App.Reports;

/// <summary>Shows pictures larger, smaller or in part without inventing anything: whole pixels are repeated, averaged or cut out.</summary>
internal static class PictureBlocks
{
    /// <summary>Each pixel becomes a block of <paramref name="factor"/> × <paramref name="factor"/> equal ones.</summary>
    public static Picture Enlarge(Picture picture, int factor) => factor == 1
        ? picture
        : Pick(picture, picture.Height * factor, picture.Width * factor, (y, x) => (y / factor, x / factor));

    /// <summary>The part whose upper left pixel is (<paramref name="top"/>, <paramref name="left"/>).</summary>
    public static Picture Crop(Picture picture, int top, int left, int height, int width) =>
        Pick(picture, height, width, (y, x) => (top + y, left + x));

    /// <summary>
    /// Each block of <paramref name="factor"/> × <paramref name="factor"/> pixels becomes its mean, to which transparent pixels give
    /// less; blocks at the right and lower edge may be smaller.
    /// </summary>
    public static Picture Shrink(Picture picture, int factor)
    {
        if (factor == 1)
            return picture;
        int height = (picture.Height + factor - 1) / factor, width = (picture.Width + factor - 1) / factor, channels = picture.Channels;
        float[] color = new float[height * width * channels], alpha = new float[height * width], counts = new float[height * width];
        for (int i = 0; i < picture.Height * picture.Width; i++)
        {
            int block = (i / picture.Width / factor * width) + (i % picture.Width / factor);
            float weight = picture.Alpha?[i] ?? 1;
            counts[block]++;
            alpha[block] += weight;
            for (int c = 0; c < channels; c++)
                color[(block * channels) + c] += weight * picture.Color[(i * channels) + c];
        }

        for (int i = 0; i < color.Length; i++)
            color[i] = alpha[i / channels] > 0 ? color[i] / alpha[i / channels] : 0;
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] /= counts[i];
        return new Picture(height, width, channels, color, picture.Alpha is null ? null : alpha);
    }

    /// <summary>A picture whose pixel (y, x) is that of <paramref name="source"/> at <paramref name="place"/>(y, x).</summary>
    private static Picture Pick(Picture source, int height, int width, Func<int, int, (int Y, int X)> place)
    {
        int channels = source.Channels;
        float[] color = new float[height * width * channels];
        float[]? alpha = source.Alpha is null ? null : new float[height * width];
        for (int i = 0; i < height * width; i++)
        {
            (int y, int x) = place(i / width, i % width);
            int from = (y * source.Width) + x;
            source.Color.AsSpan(from * channels, channels).CopyTo(color.AsSpan(i * channels));
            if (alpha is not null)
                alpha[i] = source.Alpha![from];
        }

        return new Picture(height, width, channels, color, alpha);
    }
}
