using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed unsafe class HostWinogradConv2dTests(int vectorBits, int threads) : Conv2dFixture(vectorBits, threads)
{
    private static IEnumerable<TestCaseData> Geometries()
    {
        yield return Case("as_in_the_network", new(1, 17, 19, 64, 3, 3, 64, 1, 1));
        yield return Case("whole_tiles", new(1, 16, 24, 16, 3, 3, 16, 1, 1));
        yield return Case("more_tiles_than_a_block", new(1, 97, 126, 16, 3, 3, 32, 1, 1));
        yield return Case("channels_for_panels_of_4_2_and_1_vectors", new(1, 7, 9, 112, 3, 3, 48, 1, 1));
        yield return Case("a_batch", new(3, 5, 6, 32, 3, 3, 16, 1, 1));
        yield return Case("1x1_image", new(1, 1, 1, 64, 3, 3, 64, 1, 1));
        yield return Case("5x3_image", new(1, 5, 3, 32, 3, 3, 16, 1, 1));
        yield return Case("one_row", new(2, 1, 23, 16, 3, 3, 16, 1, 1));
        yield return Case("one_column", new(1, 12, 1, 16, 3, 3, 16, 1, 1));
        yield return Case("no_padding", new(1, 9, 10, 16, 3, 3, 32, 1, 0));
        yield return Case("no_padding_one_output", new(1, 3, 3, 16, 3, 3, 16, 1, 0));
        yield return Case("padding_2", new(1, 6, 7, 32, 3, 3, 16, 1, 2));
    }

    /// <summary>Sums over many tiles are less accurate than direct ones.</summary>
    internal override double Tolerance => 1e-5;

    internal override void Forward(float* x, float* w, HostEpilogue epilogue, float* y, Conv2dGeometry g) =>
        HostWinogradConv2d.Forward(Host, x, w, epilogue, y, g);

    internal override void InputGradient(PixelSource dy, float* w, float* dx, Conv2dGeometry g) =>
        HostWinogradConv2d.InputGradient(Host, dy, w, new(), dx, g);

    internal override void WeightGradient(float* x, PixelSource dy, float* dw, float* db, Conv2dGeometry g) =>
        HostWinogradConv2d.WeightGradient(Host, x, dy, dw, db, g);

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void What_is_not_finite_reaches_the_outputs_under_the_kernel_and_none_outside_their_tiles(float extreme)
    {
        var g = new Conv2dGeometry(1, 14, 13, 16, 3, 3, 16, 1, 1);
        using NativeFloats x = NativeFloats.Random(new Random(7), g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(new Random(8), g.Weight.ElementCount);
        using var y = new NativeFloats(g.Output.ElementCount);
        x.Span[(5 * g.InputWidth + 9) * g.InputChannels + 1] = extreme;

        Forward(x, w, new(), y, g);

        for (int i = 0; i < y.Length; i++)
        {
            int pixel = i / g.OutputChannels, row = pixel / g.OutputWidth, column = pixel % g.OutputWidth;
            if (row is >= 4 and <= 6 && column is >= 8 and <= 10)
                Assert.That(float.IsFinite(y.Span[i]), Is.False, $"row {row}, column {column}");
            else if (row / 4 != 1 || column / 4 != 2)
                Assert.That(float.IsFinite(y.Span[i]), $"row {row}, column {column}");
        }
    }
}
