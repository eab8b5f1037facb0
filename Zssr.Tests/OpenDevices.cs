using NUnit.Framework.Internal;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests;

/// <summary>The devices that tests have opened: each once for a whole lane, since drivers take long to compile kernels.</summary>
public static class OpenDevices
{
    private static readonly Dictionary<(Lane Lane, TestDevice Kind), Device> Opened = [];
    private static readonly Lazy<IReadOnlyList<DeviceInfo>> Catalog = new(DeviceCatalog.List);

    /// <summary>What this computer has.</summary>
    public static IReadOnlyList<DeviceInfo> Found => Catalog.Value;

    private static Lane Current => Lane.Of(TestExecutionContext.CurrentContext.CurrentTest);

    /// <summary>The device. A test that takes one that a machine may lack has to say so beforehand.</summary>
    /// <exception cref="InvalidOperationException">
    /// The test did not say that it needs the device, or said that it shares nothing.
    /// </exception>
    public static Device Get(TestDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        Lane lane = Current;
        if (lane == Lane.Apart)
        {
            throw new InvalidOperationException(
                "A test whose class is marked RunsApart has taken a device that tests share; remove the mark.");
        }

        if (!device.IsEverywhere)
            device.Requirement.MustBeDeclared();
        lock (Opened)
        {
            if (!Opened.TryGetValue((lane, device), out Device? open))
                Opened[(lane, device)] = open = Device.Open(device.Find(Found)!.Value, device.Options);
            return open;
        }
    }

    /// <summary>Buffers that tensors hold on those of the current test's lane.</summary>
    public static int LiveBuffers
    {
        get
        {
            Lane lane = Current;
            lock (Opened)
                return Opened.Where(opened => opened.Key.Lane == lane).Sum(opened => opened.Value.LiveBuffers);
        }
    }

    /// <summary>Closes them, after the last test.</summary>
    internal static void CloseAll()
    {
        foreach (Device device in Opened.Values)
            device.Dispose();
        Opened.Clear();
    }
}
