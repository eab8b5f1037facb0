using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class MedianTests(TestDevice kind) : DeviceTest(kind)
{
    private IEnumerable<DType> DTypes => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    [TestCase("median", MedianKind.LowerMiddle)]
    [TestCase("mean_of_middle", MedianKind.MeanOfMiddle)]
    public void The_golden_medians_are_reproduced(string name, MedianKind median)
    {
        var golden = GoldenFile.Open("median");
        foreach (DType dtype in DTypes)
        {
            using Tensor stack = Tensor.From(Device, Shape.Create(golden.Shape("stack")), golden.Doubles("stack"), dtype);
            using Tensor y = Median.OfStack(stack, median);
            double tolerance = dtype == DType.Float64 ? 0 : 1e-6;
            Assert.That(y.Shape, Is.EqualTo(Shape.Create(golden.Shape(name))));
            Assert.That(y.ToDoubles(), Is.EqualTo(golden.Doubles(name)).Within(tolerance));
        }
    }

    [Test]
    public void Medians_and_weights_are_those_of_the_sorted_column(
        [Values(1, 2, 3, 4, 8, 12, 37)] int n, [Values] MedianKind median)
    {
        // Eight different values only, so that most columns have equal elements in their middle.
        var random = new Random(n);
        double[] stack = [.. Enumerable.Range(0, n * 3 * 5 * 7).Select(_ => random.Next(8) / 4.0 - 1)];
        AssertIsMedian(stack, n, [n, 3, 5, 7], median);
    }

    [Test]
    public void Infinities_are_numbers_and_NaN_wins([Values(3, 4)] int n, [Values] MedianKind median)
    {
        double[] values = [double.NaN, double.NegativeInfinity, double.PositiveInfinity, 0, 1, -2.5];
        // Every column of n of these values, in every order and with repetitions.
        int count = (int)Math.Pow(values.Length, n);
        double[] stack = MedianReference.ByColumn(
            [.. Enumerable.Range(0, count).Select(i => (double)i)], 1,
            index => [.. Enumerable.Range(0, n).Select(k => values[(int)(index[0] / Math.Pow(values.Length, k)) % values.Length])]);
        AssertIsMedian(stack, n, [n, count], median);
    }

    [Test]
    public void A_single_middle_value_does_not_overflow()
    {
        using Tensor stack = Tensor.From(Device, [1, 1], [float.MaxValue]);
        using Tensor y = Median.OfStack(stack, MedianKind.MeanOfMiddle);
        Assert.That(y.ToArray(), Is.EqualTo(new[] { float.MaxValue }));
    }

    [Test]
    public void A_stack_of_numbers_has_a_scalar_median()
    {
        using Tensor stack = Tensor.From(Device, [4], [4f, 1, 3, 2]);
        using Tensor lower = Median.OfStack(stack, MedianKind.LowerMiddle);
        using Tensor mean = Median.OfStack(stack, MedianKind.MeanOfMiddle);
        Assert.That(lower.Item(), Is.EqualTo(2));
        Assert.That(mean.Item(), Is.EqualTo(2.5));
    }

    [Test]
    public void A_stack_of_empty_tensors_has_an_empty_median()
    {
        using Tensor stack = Tensor.Zeros(Device, [3, 0, 2]);
        using Tensor y = Median.OfStack(stack, MedianKind.LowerMiddle);
        using Tensor weights = Median.SelectionWeights(stack, MedianKind.LowerMiddle);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([0, 2])));
        Assert.That(weights.Shape, Is.EqualTo(stack.Shape));
    }

    [Test]
    public void Nothing_has_no_median()
    {
        using Tensor empty = Tensor.Zeros(Device, [0, 3]);
        using Tensor scalar = Tensor.Zeros(Device, []);
        Assert.That(
            () => Median.OfStack(empty, MedianKind.LowerMiddle),
            Throws.TypeOf<ShapeException>().With.Message.Contains("median([0, 3])"));
        Assert.That(() => Median.SelectionWeights(empty, MedianKind.LowerMiddle), Throws.TypeOf<ShapeException>());
        Assert.That(
            () => Median.OfStack(scalar, MedianKind.LowerMiddle),
            Throws.TypeOf<ShapeException>().With.Message.Contains("first axis"));
    }

    private void AssertIsMedian(double[] elements, int n, int[] shape, MedianKind median)
    {
        bool meanOfMiddle = median == MedianKind.MeanOfMiddle;
        double[] expected = MedianReference.ByColumn(elements, n, column => [MedianReference.Of(column, meanOfMiddle)]);
        double[] expectedWeights = MedianReference.ByColumn(elements, n, column => MedianReference.Weights(column, meanOfMiddle));
        foreach (DType dtype in DTypes)
        {
            using Tensor stack = Tensor.From(Device, Shape.Create(shape), elements, dtype);
            using Tensor y = Median.OfStack(stack, median);
            using Tensor weights = Median.SelectionWeights(stack, median);
            Assert.That(y.Shape, Is.EqualTo(Shape.Create(shape.AsSpan(1))));
            Assert.That(y.ToDoubles(), Is.EqualTo(expected));
            Assert.That(weights.Shape, Is.EqualTo(stack.Shape));
            Assert.That(weights.ToDoubles(), Is.EqualTo(expectedWeights));
        }
    }
}
