using Zssr.Tensors;
using Zssr.Tests.References;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn;

/// <summary>Images for tests, and the recipes' steps on them in plain float64 code.</summary>
internal static class PlainImages
{
    /// <summary>An image on a device, from its plain numbers.</summary>
    public static Tensor On(this Image image, Device device) =>
        Tensor.From(device, [1, image.Height, image.Width, image.Channels], image.Pixels, DType.Float32);

    /// <summary>The plain numbers of an image [1, H, W, C].</summary>
    public static Image Plain(this Tensor image) => new(image.Shape[1], image.Shape[2], image.Shape[3], image.ToDoubles());

    /// <summary>A sharp drawing with values 0…peak: stripes in several directions, and boxes. The same everywhere.</summary>
    public static Image Drawing(int height, int width, int channels = 3, double peak = 1) => Of(height, width, channels, (i, j, c) =>
    {
        bool stripe = (i + 2 * j) / 5 % 2 == 0, other = (3 * i - j + 600) / 7 % 3 == 0, box = i % 11 < 4 && j % 13 < 5;
        return peak * ((stripe ? 0.5 : 0.1) + (other ? 0.3 : 0) + (box ? 0.2 : 0)) * (1 - 0.2 * c);
    });

    /// <summary>An image whose every element is computed from its place.</summary>
    public static Image Of(int height, int width, int channels, Func<int, int, int, double> element)
    {
        var image = new Image(height, width, channels);
        for (int i = 0; i < height; i++)
            for (int j = 0; j < width; j++)
                for (int c = 0; c < channels; c++)
                    image[i, j, c] = (float)element(i, j, c);
        return image;
    }

    /// <summary>Pixels without pattern in [low, high), exact in float32.</summary>
    public static Image Noise(int height, int width, int channels, int seed, double low = 0, double high = 1) =>
        new(height, width, channels, RandomNumbers.Uniform(height * width * channels, seed, low, high));

    /// <summary>Each pixel between 0 and the peak.</summary>
    public static Image Clamped(this Image image, double peak) =>
        image with { Pixels = [.. image.Pixels.Select(pixel => Math.Clamp(pixel, 0, peak))] };

    /// <summary>PyTorch's <c>interpolate</c>, with half-pixel centres.</summary>
    public static Image Interpolated(this Image image, int height, int width, InterpolationMode mode) => image
        .ResizeVertically(ResizeAxis.Interpolate(image.Height, height, mode, alignCorners: false))
        .ResizeHorizontally(ResizeAxis.Interpolate(image.Width, width, mode, alignCorners: false));

    /// <summary>MATLAB's <c>imresize</c> with both scale and size given.</summary>
    public static Image ImResized(this Image image, double vertical, double horizontal, int height, int width) =>
        image.Resize(new ImResizePlan(image.Height, image.Width, vertical, horizontal, height, width));

    /// <summary>y ← clamp(y + α · up(x − down(y))), by the formula.</summary>
    public static Image BackProjected(
        this Image y, Image x, int rounds, double step, double peak, Func<Image, Image> down, Func<Image, Image> up)
    {
        for (int round = 0; round < rounds; round++)
        {
            Image shrunk = down(y);
            Image correction = up(x with { Pixels = [.. x.Pixels.Zip(shrunk.Pixels, (a, b) => a - b)] });
            y = (y with { Pixels = [.. y.Pixels.Zip(correction.Pixels, (a, b) => a + step * b)] }).Clamped(peak);
        }

        return y;
    }

    /// <summary>10 · log₁₀(1 / mean squared difference), for values 0…1, without a border of pixels.</summary>
    public static double Psnr(Image a, Image b, int border = 2)
    {
        double sum = 0;
        int count = 0;
        for (int i = border; i < a.Height - border; i++)
        {
            for (int j = border; j < a.Width - border; j++)
            {
                for (int c = 0; c < a.Channels; c++, count++)
                    sum += Math.Pow(a[i, j, c] - b[i, j, c], 2);
            }
        }

        return 10 * Math.Log10(count / sum);
    }
}
