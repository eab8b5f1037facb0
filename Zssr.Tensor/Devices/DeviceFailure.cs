using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Zssr.Tensors;

/// <summary>Turns what drivers and ILGPU throw into the project's exceptions.</summary>
internal static class DeviceFailure
{
    /// <summary>Whether a driver ran out of memory, in the words of any of them.</summary>
    public static bool IsOutOfMemory(Exception failure) => failure switch
    {
        OutOfMemoryException => true,
        CLException
        {
            Error: CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY,
        } => true,
        CLException { Error: CLError.CL_INVALID_BUFFER_SIZE } => true, // larger than the device's largest buffer
        CudaException cuda => cuda.Error.Contains("OUT_OF_MEMORY", StringComparison.OrdinalIgnoreCase)
            || cuda.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase),
        _ => failure.InnerException is { } inner && IsOutOfMemory(inner),
    };

    /// <summary>The exception to throw instead of this one.</summary>
    public static DeviceException Translate(Exception failure, string device, string operation, long bytes = 0)
    {
        if (IsOutOfMemory(failure))
        {
            string asked = bytes > 0 ? $" ({bytes / 1e6:F1} MB were requested)" : "";
            return new DeviceOutOfMemoryException(
                $"{operation}: {device} has no memory left{asked}. Use smaller tiles or another device.",
                device, operation, bytes, failure);
        }

        Exception root = failure;
        while (root.InnerException is { } inner)
            root = inner;
        return new DeviceException(
            $"{operation}: {device} failed: {root.Message.Trim()} Try another device, or update the driver.", device, operation, failure);
    }

    /// <summary>Gives something back to the driver at the end of a device's life, as far as the driver still answers.</summary>
    public static void IgnoreIfLost(Action giveBack)
    {
        try
        {
            giveBack();
        }
        catch (AcceleratorException)
        {
            // A lost device gives nothing back: its driver answers even this with an error, which would hide the one that lost it.
        }
    }
}
