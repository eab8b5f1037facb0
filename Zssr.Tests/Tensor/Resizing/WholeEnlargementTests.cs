using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>Enlarging by whole factors: MATLAB's <c>imresize</c>, with the same bits for a part as for the whole.</summary>
public sealed class WholeEnlargementTests
{
    [Test]
    public void It_is_imresize([Values(1, 2, 3, 5, 9)] int n, [Values(1, 2, 3, 4, 7, 8)] int factor) =>
        Assert.That(Matrix(ResizeAxis.Enlarge(n, factor)), Is.EqualTo(Matrix(ResizeAxis.ImResize(n, factor))).Within(1e-13));

    [Test]
    public void Wherever_a_pixel_lies_its_weights_are_the_same_bits([Values(3, 5, 6, 7)] int factor)
    {
        ResizeAxis axis = ResizeAxis.Enlarge(1000, factor);
        double[] block = axis.Weights[..(factor * axis.Taps)];
        foreach ((int i, double[] weights) in axis.Weights.Chunk(block.Length).Index())
            Assert.That(weights, Is.EqualTo(block), $"pixel {i}");
    }

    [Test]
    public void Nothing_else_than_whole_factors_and_lengths_of_1_or_more_is_taken()
    {
        Assert.That(() => ResizeAxis.Enlarge(0, 2), Throws.TypeOf<ShapeException>());
        Assert.That(() => ResizeAxis.Enlarge(3, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ResizeAxis.Enlarge(int.MaxValue, 2), Throws.TypeOf<ShapeException>());
    }

    private static double[] Matrix(ResizeAxis axis)
    {
        double[] matrix = new double[axis.OutputLength * axis.InputLength];
        for (int i = 0; i < axis.OutputLength; i++)
        {
            for (int t = 0; t < axis.Taps; t++)
                matrix[(i * axis.InputLength) + axis.Indices[(i * axis.Taps) + t]] += axis.Weights[(i * axis.Taps) + t];
        }

        return matrix;
    }
}
