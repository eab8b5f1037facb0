using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class NewtonSchulzTests(TestDevice kind) : DeviceTest(kind)
{
    [TestCase(288, 32)]
    [TestCase(7, 40)]
    [TestCase(12, 12)]
    [TestCase(1, 5)]
    [TestCase(9, 1)]
    public void Five_steps_equal_the_published_ones_in_float64(int rows, int columns)
    {
        double[] elements = RandomNumbers.Uniform(rows * columns, seed: 1, low: -1e-3, high: 1e-3);
        double[] expected = MatrixReference.Elements(MatrixReference.NewtonSchulz(MatrixReference.Of(elements, rows, columns)));

        // The first steps multiply small singular values, and their rounding errors with them, by 3.4 each.
        Assert.That(Orthogonal(elements, rows, columns, DType.Float32), Is.EqualTo(expected).Within(5e-5));
        if (Device.Info.SupportsFloat64)
            Assert.That(Orthogonal(elements, rows, columns, DType.Float64), Is.EqualTo(expected).Within(1e-8));
    }

    [TestCase(40, 12)]
    [TestCase(12, 40)]
    public void Singular_values_of_very_different_size_come_near_to_1(int rows, int columns)
    {
        // Columns or rows of sizes from 1 down to 0.02.
        double[] elements = [.. RandomNumbers.Uniform(rows * columns, seed: 2).Select((v, i) =>
            v * Math.Pow(0.02, (rows > columns ? i % columns : i / columns) / 11.0))];
        double[] before = MatrixReference.SingularValues(MatrixReference.Of(elements, rows, columns));
        Assert.That(before.Max() / before.Min(), Is.GreaterThan(30));

        double[] after = MatrixReference.SingularValues(
            MatrixReference.Of(Orthogonal(elements, rows, columns, DType.Float32), rows, columns));

        Assert.That(after, Is.All.InRange(0.68, 1.21));
    }

    [TestCase(30, 8)]
    [TestCase(8, 30)]
    public void Each_matrix_of_a_stack_is_one_by_itself(int rows, int columns)
    {
        // Of very different sizes, so that a norm taken over the neighbour as well would be seen.
        double[][] matrices = [.. new[] { 1, 1e-3, 100 }.Select((size, i) =>
            RandomNumbers.Uniform(rows * columns, seed: 4 + i, low: -size, high: size))];
        double[] expected = [.. matrices.SelectMany(matrix =>
            MatrixReference.Elements(MatrixReference.NewtonSchulz(MatrixReference.Of(matrix, rows, columns))))];

        using Tensor stack = Tensor.From(Device, [3, rows, columns], [.. matrices.SelectMany(matrix => matrix)], DType.Float32);
        using Tensor orthogonal = NewtonSchulz.Orthogonalize(stack);

        Assert.That(orthogonal.Shape, Is.EqualTo(stack.Shape));
        Assert.That(orthogonal.ToDoubles(), Is.EqualTo(expected).Within(5e-5));
    }

    [Test]
    public void Zeros_stay_zeros() => Assert.That(Orthogonal(new double[12], 4, 3, DType.Float32), Is.All.Zero);

    [TestCase(0, 3)]
    [TestCase(3, 0)]
    public void A_matrix_without_elements_stays_one(int rows, int columns) =>
        Assert.That(Orthogonal([], rows, columns, DType.Float32), Is.Empty);

    [Test]
    public void What_is_no_matrix_is_refused()
    {
        using Tensor weights = Tensor.Zeros(Device, [3, 3, 4, 5]);
        Assert.That(
            () => NewtonSchulz.Orthogonalize(weights),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 3, 4, 5] has 4 axes; a matrix"));
    }

    private double[] Orthogonal(double[] elements, int rows, int columns, DType dtype)
    {
        using Tensor matrix = Tensor.From(Device, [rows, columns], elements, dtype);
        using Tensor orthogonal = NewtonSchulz.Orthogonalize(matrix);
        Assert.That(orthogonal.Shape, Is.EqualTo(matrix.Shape));
        return orthogonal.ToDoubles();
    }
}
