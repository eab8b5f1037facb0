using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>Misuse is told in words that name the op, what was found and the rule; it never harms the process.</summary>
public sealed class TensorErrorTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void Use_after_dispose_names_the_op_and_the_shape()
    {
        Tensor x = Tensor.Zeros(Device, [2, 3]);
        x.Dispose();
        x.Dispose(); // twice is allowed
        Assert.That(
            () => Elementwise.Relu(x),
            Throws.TypeOf<TensorDisposedException>().With.Message.Contains("relu").And.Message.Contains("[2, 3]"));
        Assert.That(() => x.ToArray(), Throws.TypeOf<TensorDisposedException>());
        Assert.That(() => x.Reshape([6]), Throws.TypeOf<TensorDisposedException>().With.Message.Contains("reshape"));
        Assert.That(x.ToString(), Does.Contain("disposed"));
    }

    [Test]
    public void Negative_and_overflowing_sizes_are_refused()
    {
        Assert.That(() => Tensor.Zeros(Device, [2, -1]), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, -1]"));
        Assert.That(() => Tensor.Zeros(Device, [65536, 65536]), Throws.TypeOf<ShapeException>().With.Message.Contains("65536"));
        Assert.That(() => Tensor.Zeros(Device, [int.MaxValue, int.MaxValue, int.MaxValue]), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Mismatched_shapes_name_both_and_the_rule()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]), y = Tensor.Zeros(Device, [3, 2]);
        Assert.That(
            () => Elementwise.Add(x, y),
            Throws.TypeOf<ShapeException>().With.Message.Contains("add").And.Message.Contains("[2, 3]").And.Message.Contains("[3, 2]"));
        Assert.That(() => x.Reshape([7]), Throws.TypeOf<ShapeException>().With.Message.Contains("[7]"));
        Assert.That(() => Tensor.From(Device, [2, 2], new float[3]), Throws.TypeOf<ShapeException>().With.Message.Contains("3 were given"));
        Assert.That(() => x.Item(), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.CopyTo(new float[5]), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Mixed_types_name_both()
    {
        if (!Device.Info.SupportsFloat64)
        {
            Assert.That(
                () => Tensor.Zeros(Device, [1], DType.Float64),
                Throws.TypeOf<DTypeException>().With.Message.Contains("float64").And.Message.Contains(Device.ToString()));
            return;
        }

        using Tensor x = Tensor.Zeros(Device, [2]), y = Tensor.Zeros(Device, [2], DType.Float64);
        Assert.That(
            () => Elementwise.Add(x, y),
            Throws.TypeOf<DTypeException>().With.Message.Contains("float32").And.Message.Contains("float64"));
        Assert.That(() => y.CopyTo(new float[2]), Throws.TypeOf<DTypeException>());
    }

    [Test]
    public void A_tensor_of_another_device_names_both()
    {
        using Device other = Device.Open("cpu", new DeviceOptions { Portable = true });
        using Tensor x = Tensor.Zeros(Device, [2]), y = Tensor.Zeros(other, [2]);
        Assert.That(
            () => Elementwise.Add(x, y),
            Throws.TypeOf<DeviceMismatchException>().With.Message.Contains(Device.ToString()).And.Message.Contains(other.ToString()));
    }

    [Test]
    public void A_tensor_of_a_disposed_device_is_refused()
    {
        Tensor x;
        using (Device other = Device.Open("cpu", new DeviceOptions { Portable = true }))
            x = Tensor.Zeros(other, [2]);
        Assert.That(() => Elementwise.Relu(x), Throws.TypeOf<TensorDisposedException>().With.Message.Contains("device"));
        Assert.That(x.ToString(), Does.Contain("disposed"));
        x.Dispose();
    }

    [Test]
    public void An_op_that_fails_frees_what_it_had_allocated_and_lets_others_run()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        Assert.That(() => Elementwise.Clamp(x, 2, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Elementwise.Broadcast(x, [4, 3, 2]), Throws.TypeOf<ShapeException>());
        Task<float[]> fromAnotherThread = Task.Run(() => x.ToArray());
        Assert.That(fromAnotherThread.Wait(TimeSpan.FromSeconds(10)), Is.True, "the device's lock was left taken");
    }

    [Test]
    public void Two_devices_of_one_name_are_told_apart()
    {
        using Device one = Device.Open(DeviceName.Cpu), two = Device.Open(DeviceName.Cpu);
        using Tensor x = Tensor.Zeros(one, [2]), y = Tensor.Zeros(two, [2]);
        Assert.That(
            () => Elementwise.Add(x, y),
            Throws.TypeOf<DeviceMismatchException>().With.Message.Contains("one tensor is on cpu, another (shape [2]) on another cpu, opened"));
    }
}
