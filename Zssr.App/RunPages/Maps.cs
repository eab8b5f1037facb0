using Zssr.App.Images;

namespace Zssr.App.RunPages;

/// <summary>Numbers as pictures.</summary>
internal static class Maps
{
    /// <summary>
    /// Up to what a map should tell magnitudes apart: all but the largest 0.5 percent of them, which would leave the rest pale.
    /// </summary>
    public static double FullScale(IEnumerable<double> values)
    {
        double[] magnitudes = [.. values.Select(Math.Abs).Order()];
        return magnitudes[(int)(0.995 * (magnitudes.Length - 1))];
    }

    /// <summary>Gray: <paramref name="black"/> and below is black, <paramref name="white"/> and above is white.</summary>
    public static Picture Gray(int height, int width, Func<int, int, double> value, double black, double white)
    {
        double range = white > black ? white - black : 1;
        return Of(height, width, 1, (y, x, _) => (value(y, x) - black) / range);
    }

    /// <summary>Blue for negative numbers, white for 0, red for positive ones; full colour at ±<paramref name="full"/>.</summary>
    public static Picture Signed(int height, int width, Func<int, int, double> value, double full) => Of(height, width, 3, (y, x, c) =>
    {
        double part = full > 0 ? Math.Clamp(value(y, x) / full, -1, 1) : 0;
        return (part, c) switch
        {
            ( > 0, 0) => 1 - (0.25 * part),
            ( > 0, _) => 1 - (0.9 * part),
            (_, 2) => 1 + (0.25 * part),
            _ => 1 + (0.9 * part),
        };
    });

    /// <summary>Heat: black for 0, over red and yellow to white for <paramref name="full"/>.</summary>
    public static Picture Heat(int height, int width, Func<int, int, double> value, double full) =>
        Of(height, width, 3, (y, x, c) => (3 * value(y, x) / (full > 0 ? full : 1)) - c);

    private static Picture Of(int height, int width, int channels, Func<int, int, int, double> value)
    {
        float[] color = new float[height * width * channels];
        for (int i = 0; i < color.Length; i++)
        {
            int pixel = i / channels;
            color[i] = (float)Math.Clamp(value(pixel / width, pixel % width, i % channels), 0, 1);
        }

        return new Picture(height, width, channels, color);
    }
}
