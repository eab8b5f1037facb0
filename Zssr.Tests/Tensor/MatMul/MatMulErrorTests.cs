using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>What the matrix product refuses, and how it says so.</summary>
public sealed class MatMulErrorTests(TestDevice kind) : DeviceTest(kind)
{
    [TestCase(false, false, "a has 4 columns but b has 5 rows (a: [3, 4], b: [5, 3])")]
    [TestCase(true, false, "the transpose of a has 3 columns but b has 5 rows (a: [3, 4], b: [5, 3])")]
    [TestCase(false, true, "a has 4 columns but the transpose of b has 3 rows (a: [3, 4], b: [5, 3])")]
    public void Sizes_that_do_not_fit_are_named_with_both_shapes(bool transposeA, bool transposeB, string message)
    {
        using Tensor a = Tensor.Zeros(Device, [3, 4]), b = Tensor.Zeros(Device, [5, 3]);
        Assert.That(
            () => MatMul.Multiply(a, b, transposeA, transposeB), Throws.TypeOf<ShapeException>().With.Message.Contains(message));
    }

    [Test]
    public void Tensors_that_are_no_matrices_are_refused()
    {
        using Tensor a = Tensor.Zeros(Device, [3, 4]), b = Tensor.Zeros(Device, [4]);
        Assert.That(
            () => MatMul.Multiply(a, b),
            Throws.TypeOf<ShapeException>().With.Message.Contains("a has shape [3, 4] and b [4]; both must be matrices"));
    }

    [Test]
    public void Stacks_that_differ_are_refused()
    {
        using Tensor a = Tensor.Zeros(Device, [2, 3, 4]), b = Tensor.Zeros(Device, [3, 4, 5]), single = Tensor.Zeros(Device, [4, 5]);
        Assert.That(
            () => MatMul.Multiply(a, b),
            Throws.TypeOf<ShapeException>().With.Message.Contains("a is a stack [2] of matrices but b a stack [3] (a: [2, 3, 4], b: [3, 4, 5])"));
        Assert.That(() => MatMul.Multiply(a, single), Throws.TypeOf<ShapeException>().With.Message.Contains("b a stack []"));
    }

    [Test]
    public void A_summand_of_another_shape_is_refused()
    {
        using Tensor a = Tensor.Zeros(Device, [3, 4]), b = Tensor.Zeros(Device, [4, 2]), c = Tensor.Zeros(Device, [2]);
        Assert.That(
            () => MatMul.MultiplyAdd(a, b, c),
            Throws.TypeOf<ShapeException>().With.Message.EqualTo(
                "matmul: c has shape [2] but the product of a [3, 4] and b [4, 2] is [3, 2]; they must be equal."));
    }

    [Test]
    public void Tiles_where_work_groups_are_too_small_are_refused()
    {
        if (MatMul.Fits(Device, MatMulAlgorithm.Tiled))
            Assert.Ignore("the device's work-groups are large enough");
        using Tensor a = Tensor.Zeros(Device, [3, 3]);
        Assert.That(
            () => MatMul.Multiply(a, a, algorithm: MatMulAlgorithm.Tiled),
            Throws.ArgumentException.With.Message.Contains("needs groups of 64").And.Message.Contains("Use Naive"));
    }

    /// <summary>CUDA takes 65,535 tiles in the second direction, whose side is 64; others are computed without tiles.</summary>
    [TestCase(16, 64 * 65535, true)]
    [TestCase(16, 64 * 65535 + 1, false)]
    [TestCase(64 * 65535 + 1, 16, true)]
    [TestCase(16, 16, true, 65535)]
    [TestCase(16, 16, false, 65536)]
    public void More_columns_or_matrices_than_a_grid_of_tiles_can_have_are_noticed(int rows, int columns, bool fits, int matrices = 1) =>
        Assert.That(
            PortableMatMul.FitsGrid(
                MatMulGeometry.Of([matrices, rows, 1], [matrices, 1, columns], transposeA: false, transposeB: false),
                new ILGPU.Index3D(int.MaxValue, 65535, 65535)),
            Is.EqualTo(fits));

    [TestCase(0, 4, 3)]
    [TestCase(3, 4, 0)]
    [TestCase(0, 0, 0)]
    [TestCase(3, 4, 5, 0)]
    public void A_product_without_elements_is_empty(int rows, int depth, int columns, int matrices = 1)
    {
        using Tensor a = Tensor.Zeros(Device, [matrices, rows, depth]), b = Tensor.Zeros(Device, [matrices, depth, columns]);
        using Tensor y = MatMul.Multiply(a, b);
        Shape expected = [matrices, rows, columns];
        Assert.That(y.Shape, Is.EqualTo(expected));
    }
}
