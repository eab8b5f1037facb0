using Zssr.App.Images;

namespace Zssr.App.Reports;

/// <summary>Finds the part of a picture worth a closer look.</summary>
internal static class DetailCrop
{
    /// <summary>
    /// The upper left pixel of the part of this size with the greatest gradient energy: the sum of squared differences between
    /// neighbouring pixels, over all channels. Transparent pixels count as black. The first such part in reading order.
    /// </summary>
    /// <param name="picture">The whole; at least as large as the part.</param>
    /// <param name="height">The part's rows.</param>
    /// <param name="width">The part's columns.</param>
    public static (int Top, int Left) Find(Picture picture, int height, int width)
    {
        double[,] sums = EnergySums(picture);
        (int Top, int Left) best = default;
        double most = double.NegativeInfinity;
        for (int top = 0; top + height <= picture.Height; top++)
        {
            for (int left = 0; left + width <= picture.Width; left++)
            {
                int bottom = top + height, right = left + width;
                double energy = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left];
                if (energy > most)
                    (best, most) = ((top, left), energy);
            }
        }

        return best;
    }

    /// <summary>sums[y, x]: the energy of all pixels above y and left of x, from which that of any rectangle takes four look-ups.</summary>
    private static double[,] EnergySums(Picture picture)
    {
        double[,] sums = new double[picture.Height + 1, picture.Width + 1];
        for (int y = 0; y < picture.Height; y++)
        {
            double row = 0;
            for (int x = 0; x < picture.Width; x++)
            {
                for (int c = 0; c < picture.Channels; c++)
                    row += Energy(picture, y, x, c);
                sums[y + 1, x + 1] = sums[y, x + 1] + row;
            }
        }

        return sums;
    }

    private static double Energy(Picture picture, int y, int x, int c)
    {
        double here = Visible(picture, y, x, c);
        double down = y + 1 < picture.Height ? Visible(picture, y + 1, x, c) - here : 0;
        double right = x + 1 < picture.Width ? Visible(picture, y, x + 1, c) - here : 0;
        return (down * down) + (right * right);
    }

    private static double Visible(Picture picture, int y, int x, int c)
    {
        int pixel = (y * picture.Width) + x;
        return picture.Color[(pixel * picture.Channels) + c] * (picture.Alpha?[pixel] ?? 1);
    }
}
