using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed unsafe class NumericDownscaleWorkTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    [Test]
    public void Any_size_is_the_definition([Values(1, 3, 4, 5)] int channels, [Values(2, 3)] int factor, [Values(5, 9, 14)] int height)
    {
        const int Width = 11, KernelHeight = 3, KernelWidth = 5;
        NumericDownscalePlan rows = new(height, factor, KernelHeight), columns = new(Width, factor, KernelWidth);
        double[] x = RandomNumbers.Uniform(2 * height * Width * channels, seed: 1);
        double[] kernel = RandomNumbers.Uniform(KernelHeight * KernelWidth, seed: 2);
        var image = new ImageArray(2, height, Width, channels, x);
        ImageArray expected = ImageArray.Build(
            2, rows.OutputLength, columns.OutputLength, channels,
            (n, i, j, c) => Enumerable.Range(0, kernel.Length).Sum(t => kernel[t] * image.At(
                n, rows.SourceIndices[i * KernelHeight + t / KernelWidth], columns.SourceIndices[j * KernelWidth + t % KernelWidth], c)));

        using NativeFloats source = Floats(x), weights = Floats(kernel), y = new(expected.Elements.Length);
        var geometry = new NumericDownscaleGeometry(
            height, Width, rows.OutputLength, columns.OutputLength, channels, KernelHeight, KernelWidth);
        fixed (int* ofRows = rows.SourceIndices, ofColumns = columns.SourceIndices)
            Host.Run(new NumericDownscaleWork(source, y, 2, weights, ofRows, ofColumns, geometry, Host));

        y.AssertGuards();
        Assert.That(y.ToArray(), Is.EqualTo(expected.Elements).Within(2e-6));
    }

    private static NativeFloats Floats(double[] values) => new(Array.ConvertAll(values, value => (float)value));
}
