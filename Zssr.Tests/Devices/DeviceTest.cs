using Zssr.Tensors;

namespace Zssr.Tests.Devices;

/// <summary>Tests that run on every kind of device. Each must end with as many live buffers as it began with.</summary>
[TestFixtureSource(typeof(TestDevice), nameof(TestDevice.All))]
public abstract class DeviceTest(TestDevice kind)
{
    private int _buffersBefore;

    /// <summary>Which device this fixture is for.</summary>
    protected TestDevice Kind { get; } = kind;

    /// <summary>The open device.</summary>
    protected Device Device => OpenDevices.Get(Kind);

    [SetUp]
    public void CountBuffers() => _buffersBefore = Device.LiveBuffers;

    [TearDown]
    public void NoBufferIsLeft()
    {
        bool skipped = TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Skipped;
        if (!skipped)
            Assert.That(Device.LiveBuffers, Is.EqualTo(_buffersBefore), "buffers that the test did not dispose");
    }
}
