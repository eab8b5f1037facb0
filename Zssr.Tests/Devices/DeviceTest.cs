using Zssr.Tensors;

namespace Zssr.Tests.Devices;

/// <summary>Tests that run on every kind of device. <see cref="NeedsAreDecidedFirstAttribute"/> skips a missing one.</summary>
[TestFixtureSource(typeof(TestDevice), nameof(TestDevice.Fixtures))]
public abstract class DeviceTest(TestDevice kind)
{
    /// <summary>Which device this fixture is for.</summary>
    protected TestDevice Kind { get; } = kind;

    /// <summary>The open device.</summary>
    protected Device Device => OpenDevices.Get(Kind);
}
