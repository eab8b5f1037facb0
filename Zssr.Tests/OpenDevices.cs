using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests;

/// <summary>The devices that tests have opened: each once for the whole run, since drivers take long to compile kernels.</summary>
[SetUpFixture]
public sealed class OpenDevices
{
    private static readonly Dictionary<TestDevice, Device> Opened = [];
    private static readonly Lazy<IReadOnlyList<DeviceInfo>> Catalog = new(DeviceCatalog.List);

    /// <summary>What this computer has.</summary>
    public static IReadOnlyList<DeviceInfo> Found => Catalog.Value;

    /// <summary>The device, or a skipped test (a failed one where devices are required) with the reason.</summary>
    public static Device Get(TestDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (Opened)
        {
            if (Opened.TryGetValue(device, out Device? open))
                return open;
            if (device.Find(Found) is not { } name)
            {
                Requirement.Missing(device.Label, device.Cure);
                throw new InvalidOperationException("not reached: a missing device skips or fails the test");
            }

            return Opened[device] = Device.Open(name, device.Options);
        }
    }

    /// <summary>Buffers that tensors hold on all of them.</summary>
    public static int LiveBuffers => Opened.Values.Sum(device => device.LiveBuffers);

    [OneTimeTearDown]
    public void CloseAll()
    {
        foreach (Device device in Opened.Values)
            device.Dispose();
        Opened.Clear();
    }
}
