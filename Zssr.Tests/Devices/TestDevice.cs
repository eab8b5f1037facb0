using NUnit.Framework.Internal;
using Zssr.Tensors;

namespace Zssr.Tests.Devices;

/// <summary>A kind of device that the tests run on, whether this computer has it or not.</summary>
/// <param name="Label">How test names show it.</param>
/// <param name="Find">Finds its name among the devices that exist; null where there is none.</param>
/// <param name="Options">How it is opened.</param>
/// <param name="Cure">What to install where it is missing, as a sentence; empty for devices that need hardware.</param>
public sealed record TestDevice(string Label, Func<IReadOnlyList<DeviceInfo>, DeviceName?> Find, DeviceOptions Options, string Cure)
{
    /// <summary>New buffers hold NaN, so that an element that no kernel wrote shows.</summary>
    private static readonly DeviceOptions Poisoned = new() { FillNewBuffersWithNaN = true };

    /// <summary>
    /// On one thread where tests are to be quick: threads that spin for work take processors from the tests that run beside. What more
    /// threads do, the tests of the SIMD code itself show.
    /// </summary>
    private static readonly DeviceOptions OnProcessor = Poisoned with { Threads = Thoroughness.IsAsked ? 0 : 1 };

    /// <summary>The processor's SIMD code.</summary>
    public static readonly TestDevice Cpu = new("cpu", _ => DeviceName.Cpu, OnProcessor, "");

    /// <summary>ILGPU's CPU accelerator, which has two threads for each of that number.</summary>
    public static readonly TestDevice Portable = new("cpu portable", _ => DeviceName.Cpu, OnProcessor with { Portable = true }, "");

    /// <summary>OpenCL on the processor.</summary>
    public static readonly TestDevice Pocl = new(
        "pocl", Driver("Portable Computing Language"), Poisoned, "On Debian: apt install pocl-opencl-icd.");

    /// <summary>OpenCL through Mesa, without float64.</summary>
    public static readonly TestDevice Rusticl = new(
        "rusticl", Driver("rusticl"), Poisoned, "On Debian: apt install mesa-opencl-icd, with RUSTICL_ENABLE=llvmpipe.");

    /// <summary>An NVIDIA GPU.</summary>
    public static readonly TestDevice Cuda = new("cuda", Kind(DeviceKind.Cuda), Poisoned, "");

    /// <summary>An OpenCL GPU.</summary>
    public static readonly TestDevice OpenClGpu = new(
        "opencl gpu",
        found => found.FirstOrDefault(d => d.Name.Kind == DeviceKind.OpenCl && d.IsGpu && d.IsUsable)?.Name,
        Poisoned, "");

    /// <summary>The kinds that every computer can have, and the GPUs that this one has.</summary>
    public static IEnumerable<TestDevice> All =>
        new[] { Cpu, Portable, Pocl, Rusticl }
            .Concat(new[] { Cuda, OpenClGpu }.Where(device => device.Find(OpenDevices.Found) is not null));

    /// <summary>A fixture on each, in the category of its name; the processor's also in that of <see cref="VectorsAttribute"/>.</summary>
    public static IEnumerable<TestFixtureData> Fixtures => All.Select(device =>
    {
        var fixture = new TestFixtureData(device);
        fixture.Properties.Add(PropertyNames.Category, device.Label);
        if (device == Cpu)
            fixture.Properties.Add(PropertyNames.Category, VectorsAttribute.Category);
        return fixture;
    });

    /// <summary>Whether every machine has it.</summary>
    public bool IsEverywhere => this == Cpu || this == Portable;

    /// <summary>What a test needs that takes it.</summary>
    public Requirement Requirement => new(Label, Cure, () => Find(OpenDevices.Found) is not null);

    /// <summary>Test names show this.</summary>
    public override string ToString() => Label;

    private static Func<IReadOnlyList<DeviceInfo>, DeviceName?> Driver(string platform) =>
        found => found.FirstOrDefault(d => d.IsUsable && d.Driver.StartsWith(platform, StringComparison.Ordinal))?.Name;

    private static Func<IReadOnlyList<DeviceInfo>, DeviceName?> Kind(DeviceKind kind) =>
        found => found.FirstOrDefault(d => d.IsUsable && d.Name.Kind == kind)?.Name;
}
