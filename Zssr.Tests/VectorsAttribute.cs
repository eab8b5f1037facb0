namespace Zssr.Tests;

/// <summary>
/// Tests of what the processor's vectors compute: <c>.ci/run</c> runs them again with narrower ones, by their category.
/// Those of a <see cref="Devices.DeviceTest"/> belong to it where the device is the processor.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VectorsAttribute() : CategoryAttribute(Category)
{
    /// <summary>The category.</summary>
    public const string Category = "Vectors";
}
