using Zssr.Autograd;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>What the operations along axes refuse, and how they say so.</summary>
public sealed class AxisErrorTests(TestDevice kind) : DeviceTest(kind)
{
    [TestCase(new[] { 0, 1 }, "2 axes were named (0, 1), but [2, 3, 4] has 3")]
    [TestCase(new[] { 0, 1, 1 }, "axis 1 of [2, 3, 4] was named twice (0, 1, 1)")]
    [TestCase(new[] { 0, 1, -2 }, "axis 1 of [2, 3, 4] was named twice")]
    [TestCase(new[] { 0, 1, 3 }, "[2, 3, 4] has no axis 3")]
    [TestCase(new[] { 0, 1, -4 }, "[2, 3, 4] has no axis -4")]
    public void An_order_that_does_not_name_each_axis_once_is_refused(int[] axes, string message)
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3, 4]);
        Assert.That(() => Strided.Permute(x, axes), Throws.TypeOf<ShapeException>().With.Message.Contains(message));
    }

    [Test]
    public void Only_axes_of_size_1_are_repeated()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        Assert.That(
            () => Strided.Expand(x, [4, 3]),
            Throws.TypeOf<ShapeException>().With.Message.Contains("axis 0 of [4, 3] has size 4, but that of x there is 2"));
        Assert.That(() => Strided.Expand(x, [3]), Throws.TypeOf<ShapeException>().With.Message.Contains("x has 2 axes, more than the 1"));
    }

    [Test]
    public void Shapes_that_do_not_go_together_name_the_axis()
    {
        using var tape = new Tape();
        using Tensor x = Tensor.Zeros(Device, [5, 2, 3]), y = Tensor.Zeros(Device, [4, 3]);
        (Variable a, Variable b) = (tape.Constant(x), tape.Constant(y));
        Assert.That(
            () => a + b,
            Throws.TypeOf<ShapeException>().With.Message.Contains(
                "Add: the shapes [5, 2, 3] and [4, 3] do not go together: axis -2, counted from the last, has size 2 in one and 4 in the other"));
    }

    [Test]
    public void Seven_axes_that_cannot_be_joined_are_too_many()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 2, 2, 2, 2, 2, 2]);
        Assert.That(
            () => Strided.Permute(x, 6, 5, 4, 3, 2, 1, 0), Throws.TypeOf<ShapeException>().With.Message.Contains("7 separate axes; there may be 6"));
        using Tensor same = Strided.Permute(x, 0, 1, 2, 3, 4, 6, 5);
        Assert.That(same.Shape, Is.EqualTo(x.Shape));
    }

    [Test]
    public void The_largest_of_nothing_is_refused_and_the_sum_is_zero()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 0, 3]);
        Assert.That(() => Reduction.Max(x, [1]), Throws.TypeOf<ShapeException>().With.Message.Contains("no elements"));
        using Tensor sum = Reduction.Sum(x, [1]);
        Assert.That(sum.Shape.ToString(), Is.EqualTo("[2, 3]"));
        Assert.That(sum.ToArray(), Is.All.Zero);
    }

    [TestCase(new[] { 0, 3 }, "the index of row 1 is 3; it must be 0 to 2")]
    [TestCase(new[] { -1, 0 }, "the index of row 0 is -1")]
    public void An_index_outside_its_row_is_named(int[] indexes, string message)
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        Assert.That(() => Picking.Pick(x, indexes), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(message));
    }

    [Test]
    public void As_many_indexes_as_rows_are_needed()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]), rows = Tensor.Zeros(Device, [2]);
        Assert.That(() => Picking.Pick(x, [1]), Throws.TypeOf<ShapeException>().With.Message.Contains("1 indexes were given for 2 rows"));
        Assert.That(() => Picking.Put(rows, [0, 0, 0], 3), Throws.TypeOf<ShapeException>().With.Message.Contains("3 indexes were given for 2"));
    }
}
