namespace Zssr.Tensors;

/// <summary>What is known of a device before it is opened.</summary>
/// <param name="Name">The name to open it by.</param>
/// <param name="Description">What the driver calls it, such as the model of the GPU.</param>
/// <param name="Vendor">Who made the device or its driver.</param>
/// <param name="Driver">Driver and version; a self-test's verdict is kept for this text.</param>
/// <param name="MemoryBytes">Memory of the device in bytes; 0 where unknown.</param>
/// <param name="SupportsFloat64">Whether float64 tensors can live there (gradient checks need it).</param>
/// <param name="IsGpu">Whether it is a GPU rather than a processor.</param>
/// <param name="Problem">Why it cannot be used, or null.</param>
/// <param name="Cure">What the user can do about the problem, or null.</param>
public sealed record DeviceInfo(
    DeviceName Name,
    string Description,
    string Vendor,
    string Driver,
    long MemoryBytes,
    bool SupportsFloat64,
    bool IsGpu,
    string? Problem = null,
    string? Cure = null)
{
    /// <summary>Whether the device can be opened.</summary>
    public bool IsUsable => Problem is null;
}
