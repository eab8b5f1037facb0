using ILGPU;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>What an operation of one's own may do wrong.</summary>
public sealed class DeviceCallTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void A_call_that_is_disposed_twice_ends_once()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        DeviceCall call = DeviceCall.Begin("own", x);
        call.Dispose();
        call.Dispose();

        using DeviceCall outer = DeviceCall.Begin("outer", x), inner = DeviceCall.Begin("inner", x);

        Assert.That(outer, Is.Not.SameAs(inner), "one call is not two operations");
        Assert.That($"{outer} {inner}", Is.EqualTo("outer([2, 3]) inner([2, 3])"));
        bool isFree = true;
        var other = new Thread(() => isFree = Device.Gate.TryEnter());
        other.Start();
        other.Join();
        Assert.That(isFree, Is.False, "the lock is held until both have ended");
    }

    [Test]
    public void A_call_that_has_ended_neither_allocates_nor_launches()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        DeviceCall call = DeviceCall.Begin("own", x);
        KernelConfig size = call.Elements(x);
        ArrayView<float> view = x.View<float>();
        call.Dispose();

        Assert.That(
            () => call.New([2], DType.Float32),
            Throws.TypeOf<TensorDisposedException>().With.Message.Contains("own: the operation has ended"));
        Assert.That(
            () => call.Kernels.Launch(Nothing, size, view),
            Throws.TypeOf<TensorDisposedException>().With.Message.Contains("own: the operation has ended"));
    }

    [Test]
    public void A_view_of_another_type_or_of_a_disposed_tensor_is_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        Tensor gone = Tensor.Zeros(Device, [2, 3]);
        gone.Dispose();
        using DeviceCall call = DeviceCall.Begin("own", x);

        Assert.That(
            () => x.View<double>(),
            Throws.TypeOf<DTypeException>().With.Message.Contains("float32").And.Message.Contains("[2, 3]").And.Message.Contains("Double"));
        Assert.That(() => x.View<ushort>(), Throws.TypeOf<DTypeException>());
        Assert.That(() => gone.View<float>(), Throws.TypeOf<TensorDisposedException>().With.Message.Contains("[2, 3]"));
        Assert.That(x.View<int>().Length, Is.EqualTo(6), "tables of whole numbers are kept in tensors of their size");
    }

    private static void Nothing(ArrayView<float> x)
    {
    }
}
