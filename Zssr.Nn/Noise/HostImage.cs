using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>An image in the processor's memory, for estimates: values 0…1, rows from the top, channels innermost.</summary>
/// <param name="Values">Height × Width × Channels of them.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 or more.</param>
internal sealed record HostImage(float[] Values, int Height, int Width, int Channels)
{
    /// <summary>Pixels that estimates look at most: they gain nothing from more, and would need hundreds of megabytes.</summary>
    private const int MostSide = 2048;

    private const int Unit = 16;

    /// <summary>An image [1, H, W, C], or of a large one the middle. It begins at a multiple of 16, where blocks of a JPEG begin.</summary>
    public static HostImage Of(Tensor image)
    {
        (int height, int width, int channels) = (image.Shape[1], image.Shape[2], image.Shape[3]);
        (int rows, int columns) = (Math.Min(height, MostSide), Math.Min(width, MostSide));
        using Tensor middle = Window.Crop(image, (height - rows) / 2 / Unit * Unit, (width - columns) / 2 / Unit * Unit, rows, columns);
        return new HostImage(middle.ToArray(), rows, columns, channels);
    }

    /// <summary>One channel, Height × Width values.</summary>
    public float[] Channel(int channel) =>
        [.. Enumerable.Range(0, Height * Width).Select(pixel => Values[pixel * Channels + channel])];

    /// <summary>The brightness 0…1 as JPEG files have it (Y); of other numbers of channels than 3, the first.</summary>
    public float[] Brightness() => Channels != 3 ? Channel(0) : Weighted(0.299f, 0.587f, 0.114f);

    /// <summary>The difference of blue from the brightness as JPEG files have it (Cb), −½…½. Of three channels.</summary>
    public float[] BlueDifference() => Weighted(-0.168736f, -0.331264f, 0.5f);

    private float[] Weighted(float red, float green, float blue)
    {
        float[] sums = new float[Height * Width];
        for (int i = 0; i < sums.Length; i++)
            sums[i] = red * Values[3 * i] + green * Values[3 * i + 1] + blue * Values[3 * i + 2];
        return sums;
    }
}
