using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Device = Zssr.Tensors.Device;

namespace Zssr.Tests.Tensors;

/// <summary>
/// A driver that no longer answers: whatever it is asked, its own errors never reach the caller, and it hides no error by failing again.
/// </summary>
[TestFixture]
public sealed class LostDeviceTests
{
    [Test]
    public void The_memory_of_a_lost_device_is_let_go_and_the_rest_freed()
    {
        var device = Device.Open("cpu", new DeviceOptions { Portable = true });
        using Tensor x = Tensor.Zeros(device, [10]), y = Tensor.Zeros(device, [10_000]);
        int asked = 0;
        device.BeforeGivingBack = () =>
        {
            asked++;
            throw Planted(CLError.CL_INVALID_CONTEXT);
        };

        Assert.That(device.Dispose, Throws.Nothing);

        Assert.That(asked, Is.EqualTo(2), "each by itself");
        Assert.That(device.LiveBuffers, Is.Zero);
        Assert.That(device.Accelerator.IsDisposed, Is.True, "what is disposed after the memory is disposed too");
    }

    [Test]
    public void An_accelerator_that_fails_in_its_disposal_is_let_go()
    {
        var device = Device.Open("cpu", new DeviceOptions { Portable = true });
        bool wasAsked = false;
        device.Accelerator.Disposed += (_, _) =>
        {
            wasAsked = true;
            throw Planted(CLError.CL_OUT_OF_RESOURCES);
        };

        Assert.That(device.Dispose, Throws.Nothing);

        Assert.That(wasAsked, Is.True);
        Assert.That(device.IsDisposed, Is.True);
    }

    [Test]
    public void A_device_that_is_refused_and_lost_is_still_refused_for_what_was_wrong()
    {
        var selector = new DeviceSelector(quickTest: device =>
        {
            device.Accelerator.Disposed += (_, _) => throw Planted(CLError.CL_OUT_OF_RESOURCES);
            return "relu: element 3 is 7; 8 is right";
        });

        Assert.That(
            () => selector.Open("cpu"),
            Throws.TypeOf<DeviceUnavailableException>().With.Message.Contains("relu: element 3 is 7; 8 is right"));
    }

    [Test]
    public void A_driver_that_fails_before_an_operation_is_told_with_its_shapes()
    {
        using var device = Device.Open("cpu", new DeviceOptions { Portable = true });
        using Tensor x = Tensor.Zeros(device, [2, 3]);
        device.BeforeOperation = _ => throw Planted(CLError.CL_INVALID_CONTEXT);

        Assert.That(() => Elementwise.Relu(x), Throws.TypeOf<DeviceException>().With.Message.Contains("relu([2, 3]): cpu failed"));

        device.BeforeOperation = null;
        Task<float[]> fromAnotherThread = Task.Run(x.ToArray);
        Assert.That(fromAnotherThread.Wait(TimeSpan.FromSeconds(10)), Is.True, "the device's lock was left taken");
    }

    [Test]
    [Needs(Need.Pocl)]
    public void A_copy_that_fails_is_told_as_the_operation_that_it_is_of()
    {
        using var device = Device.Open(OpenDevices.Get(TestDevice.Pocl).Name);
        using Tensor x = Tensor.Zeros(device, [2, 3]), y = Tensor.Zeros(device, [2, 3]);
        Lose(x);

        Assert.That(() => y.Assign(x), Throws.TypeOf<DeviceException>().With.Message.Contains("assign([2, 3], [2, 3]): opencl:"));
        Assert.That(() => x.To(DType.Float32), Throws.TypeOf<DeviceException>().With.Message.Contains("to float32([2, 3]): opencl:"));
    }

    [Test]
    public void Memory_that_cannot_be_given_back_is_told_as_the_trimming_that_it_is_of()
    {
        using var device = Device.Open("cpu", new DeviceOptions { Portable = true });
        Tensor.Zeros(device, [2, 3]).Dispose();
        device.BeforeGivingBack = () => throw Planted(CLError.CL_INVALID_CONTEXT);

        Assert.That(device.TrimMemory, Throws.TypeOf<DeviceException>().With.Message.Contains("trim memory(): cpu failed"));
    }

    private static CLException Planted(CLError error) => new(error);

    /// <summary>The driver no longer knows the tensor's memory, as it is with a device that is gone.</summary>
    private static void Lose(Tensor tensor)
    {
        IArrayView view = tensor.View<float>();
        SetNativePointer(view.Buffer, 0);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_NativePtr")]
    private static extern void SetNativePointer(MemoryBuffer buffer, nint value);
}
