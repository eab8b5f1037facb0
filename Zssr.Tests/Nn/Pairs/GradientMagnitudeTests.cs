using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Pairs;

public sealed class GradientMagnitudeTests(TestDevice kind) : DeviceTest(kind)
{
    /// <summary>√(mean over channels of (r² + c²)), by the formula.</summary>
    internal static double[] Plain(Image image)
    {
        double[] magnitude = new double[image.Height * image.Width];
        for (int i = 0; i < image.Height; i++)
        {
            for (int j = 0; j < image.Width; j++)
            {
                double sum = 0;
                for (int c = 0; c < image.Channels; c++)
                {
                    double rows = At(i + 1, j, c) - At(i - 1, j, c), columns = At(i, j + 1, c) - At(i, j - 1, c);
                    sum += (rows * rows + columns * columns) / 4;
                }

                magnitude[i * image.Width + j] = Math.Sqrt(sum / image.Channels);
            }
        }

        return magnitude;

        double At(int i, int j, int c) => image[Math.Clamp(i, 0, image.Height - 1), Math.Clamp(j, 0, image.Width - 1), c];
    }

    [TestCase(7, 5, 3)]
    [TestCase(7, 5, 1)]
    [TestCase(1, 6, 3)]
    [TestCase(6, 1, 2)]
    [TestCase(1, 1, 1)]
    [TestCase(2, 2, 4)]
    public void It_is_the_formula(int height, int width, int channels)
    {
        Image image = PlainImages.Noise(height, width, channels, seed: 1);
        using Tensor tensor = image.On(Device);
        using Tensor magnitude = GradientMagnitude.Of(tensor);
        Assert.That(magnitude.Shape, Is.EqualTo(Shape.Create([1, height, width, 1])));
        Assert.That(magnitude.ToDoubles(), Is.EqualTo(Plain(image)).Within(1e-6));
    }
}
