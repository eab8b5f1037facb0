using ILGPU.Runtime;

namespace Zssr.Tensors;

/// <summary>Copies between the program's memory and a device's.</summary>
internal static class HostCopy
{
    public static void Write<T>(DeviceCall call, ReadOnlySpan<T> source, Tensor target)
        where T : unmanaged
    {
        if (source.IsEmpty)
            return;
        try
        {
            AcceleratorStream stream = call.Device.Accelerator.DefaultStream;
            target.View<T>().CopyFromCPU(stream, source);
            // The driver may read the source later; it belongs to the caller.
            stream.Synchronize();
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, call.Device.ToString(), call.ToString());
        }
    }

    /// <summary>Reads as many of the first elements as the target has room for.</summary>
    public static void Read<T>(DeviceCall call, Tensor source, Span<T> target)
        where T : unmanaged
    {
        if (target.IsEmpty)
            return;
        try
        {
            AcceleratorStream stream = call.Device.Accelerator.DefaultStream;
            source.View<T>().SubView(0, target.Length).CopyToCPU(stream, target);
            stream.Synchronize();
        }
        catch (Exception failure) when (failure is not TensorDisposedException)
        {
            throw DeviceFailure.Translate(failure, call.Device.ToString(), call.ToString());
        }
    }
}
