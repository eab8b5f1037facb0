namespace Zssr.Nn;

/// <summary>A picture that is painted from front to back: what is painted first hides what comes later.</summary>
internal sealed class LeafCanvas(int height, int width)
{
    private readonly bool[] _isPainted = new bool[height * width];
    private int _painted;

    /// <summary>Red, green and blue of each pixel.</summary>
    public float[] Pixels { get; } = new float[height * width * 3];

    /// <summary>The share of the pixels that are painted.</summary>
    public double Covered => (double)_painted / _isPainted.Length;

    /// <summary>Paints a leaf under all that is there.</summary>
    public void Add(Leaf leaf)
    {
        (int top, int bottom, int left, int right) = leaf.Bounds((height, width));
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                int i = y * width + x;
                if (_isPainted[i] || !leaf.Paint(x, y, Pixels.AsSpan(3 * i, 3)))
                    continue;
                _isPainted[i] = true;
                _painted++;
            }
        }
    }

    /// <summary>Paints what is left in the colours of another picture of the same size.</summary>
    public void AddBehind(float[] pixels)
    {
        for (int i = 0; i < _isPainted.Length; i++)
        {
            if (!_isPainted[i])
                pixels.AsSpan(3 * i, 3).CopyTo(Pixels.AsSpan(3 * i, 3));
        }
    }

    /// <summary>
    /// The picture out of focus: three times the mean over 2·radius + 1 pixels, along rows and columns, which is nearly a Gaussian. Beyond
    /// the border the last pixel goes on.
    /// </summary>
    public float[] Blurred(int radius)
    {
        float[] blurred = [.. Pixels];
        for (int round = 0; round < 3; round++)
        {
            for (int y = 0; y < height; y++)
                Mean(blurred, y * width * 3, 3, width, radius);
            for (int x = 0; x < width; x++)
                Mean(blurred, x * 3, width * 3, height, radius);
        }

        return blurred;
    }

    /// <summary>The running mean along a line of pixels.</summary>
    private static void Mean(float[] pixels, int first, int step, int count, int radius)
    {
        double[] line = new double[count];
        for (int channel = 0; channel < 3; channel++)
        {
            double sum = 0;
            for (int i = 0; i < count; i++)
                line[i] = pixels[first + i * step + channel];
            for (int i = -radius; i <= radius; i++)
                sum += line[Math.Clamp(i, 0, count - 1)];
            for (int i = 0; i < count; i++)
            {
                pixels[first + i * step + channel] = (float)(sum / (2 * radius + 1));
                sum += line[Math.Min(i + radius + 1, count - 1)] - line[Math.Max(i - radius, 0)];
            }
        }
    }

    /// <summary>The picture at half of its size: the mean of four pixels each, clamped to 0…1 and rounded to 8 bits.</summary>
    public float[] Halved()
    {
        (int rows, int columns) = (height / 2, width / 2);
        float[] half = new float[rows * columns * 3];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    double sum = At(2 * y, 2 * x, channel) + At(2 * y, 2 * x + 1, channel)
                        + At(2 * y + 1, 2 * x, channel) + At(2 * y + 1, 2 * x + 1, channel);
                    half[(y * columns + x) * 3 + channel] = (float)(Math.Round(sum / 4 * 255) / 255);
                }
            }
        }

        return half;

        double At(int y, int x, int channel) => Math.Clamp((double)Pixels[(y * width + x) * 3 + channel], 0, 1);
    }
}
