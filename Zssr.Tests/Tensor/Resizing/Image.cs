using Zssr.Tensors;
using Zssr.Tests.Golden;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

/// <summary>A plain float64 image, [height, width, channels], and the plain loops that apply resize tables to it.</summary>
internal sealed record Image(int Height, int Width, int Channels, double[] Pixels)
{
    public Image(int height, int width, int channels)
        : this(height, width, channels, new double[height * width * channels])
    {
    }

    public ref double this[int row, int column, int channel] => ref Pixels[(row * Width + column) * Channels + channel];

    /// <summary>An array of a golden file whose layout is H,W,C.</summary>
    public static Image FromHwc(GoldenFile file, string name)
    {
        int[] shape = file.Shape(name);
        return new Image(shape[0], shape[1], shape[2], file.Doubles(name));
    }

    /// <summary>An array of a golden file whose layout is 1,C,H,W.</summary>
    public static Image FromNchw(GoldenFile file, string name)
    {
        int[] shape = file.Shape(name);
        double[] planes = file.Doubles(name);
        var image = new Image(shape[2], shape[3], shape[1]);
        for (int i = 0; i < image.Height; i++)
        {
            for (int j = 0; j < image.Width; j++)
            {
                for (int c = 0; c < image.Channels; c++)
                    image[i, j, c] = planes[(c * image.Height + i) * image.Width + j];
            }
        }

        return image;
    }

    /// <summary>y[i, j, c] = Σ_t weight[i, t] · x[index[i, t], j, c].</summary>
    public Image ResizeVertically(ResizeAxis rows)
    {
        Assert.That(rows.InputLength, Is.EqualTo(Height));
        var result = new Image(rows.OutputLength, Width, Channels);
        for (int i = 0; i < result.Height; i++)
        {
            for (int j = 0; j < Width; j++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    for (int t = 0; t < rows.Taps; t++)
                        result[i, j, c] += rows.Weights[i * rows.Taps + t] * this[rows.Indices[i * rows.Taps + t], j, c];
                }
            }
        }

        return result;
    }

    /// <summary>y[i, j, c] = Σ_t weight[j, t] · x[i, index[j, t], c].</summary>
    public Image ResizeHorizontally(ResizeAxis columns)
    {
        Assert.That(columns.InputLength, Is.EqualTo(Width));
        var result = new Image(Height, columns.OutputLength, Channels);
        for (int i = 0; i < Height; i++)
        {
            for (int j = 0; j < result.Width; j++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    for (int t = 0; t < columns.Taps; t++)
                        result[i, j, c] += columns.Weights[j * columns.Taps + t] * this[i, columns.Indices[j * columns.Taps + t], c];
                }
            }
        }

        return result;
    }

    /// <summary>Both axes, in the plan's order.</summary>
    public Image Resize(ImResizePlan plan) => plan.VerticalFirst
        ? ResizeVertically(plan.Vertical).ResizeHorizontally(plan.Horizontal)
        : ResizeHorizontally(plan.Horizontal).ResizeVertically(plan.Vertical);

    /// <summary>y[i, j, c] = Σ_u Σ_v k[u, v] · x[rows[i, u], columns[j, v], c].</summary>
    public Image Downscale(NumericKernel kernel, double factor)
    {
        var rows = new NumericDownscalePlan(Height, factor, kernel.Height);
        var columns = new NumericDownscalePlan(Width, factor, kernel.Width);
        var result = new Image(rows.OutputLength, columns.OutputLength, Channels);
        for (int i = 0; i < result.Height; i++)
        {
            for (int j = 0; j < result.Width; j++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    for (int u = 0; u < kernel.Height; u++)
                    {
                        for (int v = 0; v < kernel.Width; v++)
                        {
                            int row = rows.SourceIndices[i * kernel.Height + u];
                            int column = columns.SourceIndices[j * kernel.Width + v];
                            result[i, j, c] += kernel[u, v] * this[row, column, c];
                        }
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Fails unless both have one size and no two pixels differ by more than the tolerance.</summary>
    public void AssertEquals(Image expected, double tolerance)
    {
        Assert.That((Height, Width, Channels), Is.EqualTo((expected.Height, expected.Width, expected.Channels)));
        Assert.That(Distances.Largest(Pixels, expected.Pixels), Is.LessThanOrEqualTo(tolerance), "largest difference of a pixel");
    }
}
