using Zssr.App.Images;

namespace Zssr.App.RunPages;

/// <summary>How two pictures of the same size differ at a pixel: the mean over its channels.</summary>
/// <param name="before">What is subtracted.</param>
/// <param name="after">What it is subtracted from.</param>
internal sealed class PictureDifference(Picture before, Picture after)
{
    /// <summary>By how much the pixel is brighter afterwards; negative where it is darker.</summary>
    public double Signed(int y, int x) => Mean(y, x, difference => difference);

    /// <summary>How far the pixel's channels are from each other, up or down.</summary>
    public double Absolute(int y, int x) => Mean(y, x, Math.Abs);

    /// <summary>
    /// The signed differences as a map (<see cref="Maps.Signed"/>), with the value that has full colour: 0…1, where white is 1.
    /// </summary>
    public (Picture Map, double Full) SignedMap()
    {
        double full = Maps.FullScale(
            Enumerable.Range(0, before.Height * before.Width).Select(pixel => Signed(pixel / before.Width, pixel % before.Width)));
        return (Maps.Signed(before.Height, before.Width, Signed, full), full);
    }

    private double Mean(int y, int x, Func<double, double> term)
    {
        int first = ((y * before.Width) + x) * before.Channels;
        double sum = 0;
        for (int i = first; i < first + before.Channels; i++)
            sum += term((double)after.Color[i] - before.Color[i]);
        return sum / before.Channels;
    }
}
