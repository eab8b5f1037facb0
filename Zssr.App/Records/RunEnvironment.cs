using System.Reflection;
using System.Runtime.InteropServices;
using Zssr.Tensors;

namespace Zssr.App.Records;

/// <summary>What a run is computed with, for its record.</summary>
internal static class RunEnvironment
{
    public static VersionsRecord Versions { get; } = new(
        VersionOf(typeof(RunEnvironment).Assembly),
        RuntimeInformation.FrameworkDescription,
        VersionOf(typeof(ILGPU.Context).Assembly),
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString());

    public static DeviceRecord Of(Device device) => new(
        device.Name.ToString(), device.Info.Description, device.Info.Driver,
        device.Options.Threads > 0 ? device.Options.Threads : Environment.ProcessorCount, device.Options.Portable);

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
