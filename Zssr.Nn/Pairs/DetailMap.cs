using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Draws places of an image in proportion to its <see cref="GradientMagnitude"/>: edges and texture often, a clear sky never.
/// </summary>
internal sealed class DetailMap
{
    private readonly int _height;
    private readonly int _width;
    private readonly double[] _sums;

    private DetailMap(int height, int width, double[] sums) => (_height, _width, _sums) = (height, width, sums);

    /// <summary>The map of one image [1, H, W, C]. Reads it from the device.</summary>
    public static DetailMap Of(Tensor image)
    {
        using Tensor magnitude = GradientMagnitude.Of(image);
        double[] sums = magnitude.ToDoubles();
        for (int i = 1; i < sums.Length; i++)
            sums[i] += sums[i - 1];
        return new DetailMap(image.Shape[1], image.Shape[2], sums);
    }

    /// <summary>A pixel, with a probability in proportion to its magnitude; any pixel of an image that is flat everywhere.</summary>
    public (int Row, int Column) Draw(PhiloxRandom random)
    {
        double place = random.NextDouble(), total = _sums[^1];
        if (total == 0)
            return Math.DivRem((int)(place * _sums.Length), _width);
        int low = 0, high = _sums.Length - 1;
        while (low < high) // the first pixel whose sum is above the place
        {
            int middle = (low + high) / 2;
            (low, high) = _sums[middle] > place * total ? (low, middle) : (middle + 1, high);
        }

        return Math.DivRem(low, _width);
    }

    /// <summary>The corner of a crop whose middle is a drawn pixel, as far as the image's borders allow.</summary>
    public (int Top, int Left) DrawCrop(PhiloxRandom random, int height, int width)
    {
        (int row, int column) = Draw(random);
        return (Math.Clamp(row - height / 2, 0, _height - height), Math.Clamp(column - width / 2, 0, _width - width));
    }
}
