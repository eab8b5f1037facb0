namespace Zssr.Tensors;

/// <summary>
/// A device failed: a kernel did not build, a launch or a copy went wrong, the device was lost.
/// The message names the operation, its shapes and the device, so that a caller can go on elsewhere.
/// </summary>
public class DeviceException(string message, string device, string operation, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The device's name, such as <c>opencl:0</c>.</summary>
    public string Device { get; } = device;

    /// <summary>What was being done, such as <c>conv2d x: [1, 64, 64, 3]</c>.</summary>
    public string Operation { get; } = operation;
}

/// <summary>The device has too little memory for what was asked. Smaller tiles or another device may do.</summary>
public sealed class DeviceOutOfMemoryException(string message, string device, string operation, long bytes, Exception? cause = null)
    : DeviceException(message, device, operation, cause)
{
    /// <summary>How many bytes were asked for.</summary>
    public long Bytes { get; } = bytes;
}

/// <summary>No such device, or it cannot be used here. The message says why and what exists.</summary>
public sealed class DeviceUnavailableException(string message, string device, Exception? cause = null)
    : DeviceException(message, device, "open", cause);
