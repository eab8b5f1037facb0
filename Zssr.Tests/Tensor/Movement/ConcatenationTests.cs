using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed class ConcatenationTests(TestDevice kind) : DeviceTest(kind)
{
    private IEnumerable<DType> DTypes => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    [Test]
    public void Channels_stand_side_by_side_in_the_order_given()
    {
        AxisArray a = AxisArray.Counting([2, 3, 5, 3]);
        AxisArray b = AxisArray.Counting([2, 3, 5, 1], 1000);
        AxisArray c = AxisArray.Counting([2, 3, 5, 2], 2000);
        AssertJoins([a, b, c], a.FollowedBy(b, 3).FollowedBy(c, 3), parts => Concatenation.Channels(parts));
    }

    [Test]
    public void Batches_follow_each_other_in_the_order_given()
    {
        AxisArray a = AxisArray.Counting([1, 3, 5, 2]);
        AxisArray b = AxisArray.Counting([3, 3, 5, 2], 1000);
        AxisArray c = AxisArray.Counting([2, 3, 5, 2], 2000);
        AssertJoins([a, b, c], a.FollowedBy(b, 0).FollowedBy(c, 0), parts => Concatenation.Batch(parts));
    }

    [Test]
    public void Vectors_are_joined_end_to_end_either_way()
    {
        AxisArray a = AxisArray.Counting([3]);
        AxisArray b = AxisArray.Counting([4], 10);
        AssertJoins([a, b], a.FollowedBy(b, 0), parts => Concatenation.Channels(parts));
        AssertJoins([a, b], a.FollowedBy(b, 0), parts => Concatenation.Batch(parts));
    }

    [Test]
    public void A_single_part_is_copied()
    {
        using Tensor x = Tensor.From(Device, [1, 3], [1f, 2, 3]);
        Tensor y = Concatenation.Channels(x);
        x.Dispose();
        Assert.That(y.ToArray(), Is.EqualTo(new[] { 1f, 2, 3 }));
        y.Dispose();
    }

    [Test]
    public void Empty_parts_add_nothing()
    {
        using Tensor x = Tensor.From(Device, [2, 2], [1f, 2, 3, 4]);
        using Tensor empty = Tensor.Zeros(Device, [2, 0]);
        using Tensor y = Concatenation.Channels(empty, x, empty);
        using Tensor nothing = Concatenation.Batch(empty, empty);
        Assert.That(y.ToArray(), Is.EqualTo(new[] { 1f, 2, 3, 4 }));
        Assert.That(nothing.Shape, Is.EqualTo(Shape.Create([4, 0])));
    }

    [Test]
    public void The_same_tensor_may_be_joined_to_itself()
    {
        using Tensor x = Tensor.From(Device, [1, 2], [1f, 2]);
        using Tensor y = Concatenation.Batch(x, x);
        Assert.That(y.ToArray(), Is.EqualTo(new[] { 1f, 2, 1, 2 }));
    }

    [Test]
    public void Parts_that_do_not_fit_are_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 4, 5, 3]);
        using Tensor wider = Tensor.Zeros(Device, [1, 4, 6, 3]);
        using Tensor flat = Tensor.Zeros(Device, [4, 5, 3]);
        using Tensor scalar = Tensor.Zeros(Device, []);
        Assert.That(
            () => Concatenation.Channels(x, wider),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 4, 6, 3] does not fit [1, 4, 5, 3]").And.Message.Contains("axis 3"));
        Assert.That(() => Concatenation.Batch(x, wider), Throws.TypeOf<ShapeException>().With.Message.Contains("axis 0"));
        Assert.That(() => Concatenation.Batch(x, flat), Throws.TypeOf<ShapeException>());
        Assert.That(() => Concatenation.Channels(scalar), Throws.TypeOf<ShapeException>().With.Message.Contains("Reshape it to [1]"));
        Assert.That(() => Concatenation.Channels(), Throws.TypeOf<ShapeException>().With.Message.Contains("at least one"));
    }

    private void AssertJoins(AxisArray[] parts, AxisArray expected, Func<Tensor[], Tensor> join)
    {
        foreach (DType dtype in DTypes)
        {
            Tensor[] tensors = [.. parts.Select(part => Tensor.From(Device, Shape.Create(part.Sizes), part.Elements, dtype))];
            using Tensor y = join(tensors);
            Assert.That(y.DType, Is.EqualTo(dtype));
            Assert.That(y.Shape, Is.EqualTo(Shape.Create(expected.Sizes)));
            Assert.That(y.ToDoubles(), Is.EqualTo(expected.Elements));
            foreach (Tensor tensor in tensors)
                tensor.Dispose();
        }
    }
}
