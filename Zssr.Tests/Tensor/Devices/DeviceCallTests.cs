using ILGPU;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>What an operation of one's own may do wrong.</summary>
public sealed class DeviceCallTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public void A_call_that_is_disposed_twice_ends_once()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        DeviceCall call = DeviceCall.Begin("own", x);
        call.Dispose();
        call.Dispose();

        using DeviceCall outer = DeviceCall.Begin("outer", x), inner = DeviceCall.Begin("inner", x);

        Assert.That(outer, Is.Not.EqualTo(inner), "one call is not two operations");
        Assert.That($"{outer} {inner}", Is.EqualTo("outer([2, 3]) inner([2, 3])"));
        bool isFree = true;
        var other = new Thread(() => isFree = Device.Gate.TryEnter());
        other.Start();
        Assert.That(other.Join(Patience), "the other operation has ended");
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
    public void A_call_that_has_ended_neither_ends_nor_uses_the_operation_of_another_thread()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        DeviceCall ended = DeviceCall.Begin("ended", x);
        KernelConfig size = ended.Elements(x);
        KernelLauncher kernels = ended.Kernels;
        ended.Dispose();
        using var isInside = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        Exception? failure = null;
        var other = new Thread(() =>
        {
            try
            {
                using DeviceCall call = DeviceCall.Begin("other", x);
                Tensor made = call.New([4], DType.Float32);
                isInside.Set();
                mayGoOn.Wait();
                using Tensor result = call.Result(made);
                Assert.That(made.IsDisposed, Is.False);
            }
            catch (Exception e)
            {
                failure = e;
            }
        })
        {
            IsBackground = true, // were it to wait forever, the tests would still end
        };
        other.Start();
        Assert.That(isInside.Wait(Patience), "the device is free");

        ended.Dispose();
        RefusesEverything(ended, kernels, size, x);
        mayGoOn.Set();
        Assert.That(other.Join(Patience), "the other operation has ended");

        Assert.That(failure, Is.Null);
        using Tensor sum = Elementwise.Add(x, x); // the device still answers
        Assert.That(sum.ToArray(), Is.All.EqualTo(0));
    }

    [Test]
    public void A_call_that_has_ended_neither_ends_nor_uses_a_later_operation_of_its_thread()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        DeviceCall ended = DeviceCall.Begin("ended", x);
        KernelConfig size = ended.Elements(x);
        KernelLauncher kernels = ended.Kernels;
        ended.Dispose();
        int buffers = Device.LiveBuffers;
        using (DeviceCall later = DeviceCall.Begin("later", x))
        {
            Tensor made = later.New([4], DType.Float32);

            ended.Dispose();
            RefusesEverything(ended, kernels, size, x);

            Assert.That(made.IsDisposed, Is.False);
            Assert.That(Device.LiveBuffers, Is.EqualTo(buffers + 1));
            Assert.That($"{later}; {ended}", Is.EqualTo("later([2, 3]); ended (ended)"));
            Assert.That(Device.Gate.IsHeldByCurrentThread, Is.True);
        }

        Assert.That(Device.LiveBuffers, Is.EqualTo(buffers));
        Assert.That(Device.Gate.IsHeldByCurrentThread, Is.False);
    }

    [Test]
    public void Another_thread_can_neither_use_nor_end_an_operation()
    {
        using Tensor x = Tensor.Zeros(Device, [2, 3]);
        DeviceCall call = DeviceCall.Begin("own", x);
        Tensor made = call.New([4], DType.Float32);
        Exception?[] failures = new Exception?[2];
        var other = new Thread(() =>
        {
            failures[0] = Assert.Catch(call.Dispose);
            failures[1] = Assert.Catch(() => call.New([1], DType.Float32));
        });
        other.Start();
        Assert.That(other.Join(Patience), "the other operation has ended");

        Assert.That(failures, Is.All.TypeOf<InvalidOperationException>().With.Message.Contains("own: another thread began this operation"));
        using Tensor result = call.Result(made);
        call.Dispose();
        Assert.That(result.IsDisposed, Is.False);
        Assert.That(Device.Gate.IsHeldByCurrentThread, Is.False);
    }

    [Test]
    public void A_tensor_that_is_disposed_twice_does_not_free_the_one_that_got_its_memory()
    {
        Tensor first = Tensor.Zeros(Device, [1000]);
        Tensor share = first.Share();
        first.Dispose();
        first.Dispose();
        using (Tensor other = Tensor.Full(Device, [1000], 2))
            Assert.That(share.ToArray(), Is.All.EqualTo(0), "the second owner still holds the memory");
        share.Dispose();
        using Tensor next = Tensor.Full(Device, [1000], 3);
        int buffers = Device.LiveBuffers;

        share.Dispose();
        first.Dispose();

        Assert.That(Device.LiveBuffers, Is.EqualTo(buffers));
        using Tensor third = Tensor.Full(Device, [1000], 4);
        Assert.That(next.ToArray(), Is.All.EqualTo(3));
        Assert.That(() => share.ToArray(), Throws.TypeOf<TensorDisposedException>());
        Assert.That(() => first.Share(), Throws.TypeOf<TensorDisposedException>());
    }

    private static void RefusesEverything(DeviceCall ended, KernelLauncher kernels, KernelConfig size, Tensor x)
    {
        Action[] uses =
        [
            () => ended.New([2], DType.Float32), () => ended.Result(x), () => ended.Elements(x),
            () => kernels.Launch(Nothing, size, default(ArrayView<float>)),
            () => ended.Kernels.Launch(Nothing, size, default(ArrayView<float>)),
        ];
        foreach (Action use in uses)
        {
            Assert.That(
                () => use(), Throws.TypeOf<TensorDisposedException>().With.Message.Contains("ended: the operation has ended"));
        }
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
