using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed unsafe class MedianWorkTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    [Test]
    public void Medians_are_those_of_the_sorted_column(
        [Values(1, 2, 3, 8, 12)] int n, [Values(1, 15, 16, 100)] int count, [Values] bool meanOfMiddle)
    {
        // Few different values, so that columns have equal elements in their middle; some are infinite or NaN.
        double[] values = [double.NaN, double.NegativeInfinity, double.PositiveInfinity, 0, 1, -2.5, 0.25, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        var random = new Random(n);
        double[] stack = [.. Enumerable.Range(0, n * count).Select(_ => values[random.Next(values.Length)])];
        using var x = new NativeFloats(Array.ConvertAll(stack, value => (float)value));
        using var y = new NativeFloats(count);
        y.Span.Clear();

        Host.Run(new MedianWork(x, y, n, count, (n - 1) / 2, meanOfMiddle ? n / 2 : (n - 1) / 2, Host));

        y.AssertGuards();
        double[] expected = MedianReference.ByColumn(stack, n, column => [MedianReference.Of(column, meanOfMiddle)]);
        Assert.That(y.ToArray(), Is.EqualTo(expected));
    }
}
