using System.CommandLine;
using System.Globalization;
using Zssr.App.Errors;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr devices</c>: everything that was found, usable or not.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "List the devices of this computer, and why one cannot be used.");
        command.SetAction(_ => Run(DeviceCatalog.List()));
        return command;
    }

    /// <summary>Prints devices, two lines each and a third where one cannot be used.</summary>
    internal static int Run(IReadOnlyList<DeviceInfo> found)
    {
        foreach (DeviceInfo device in found)
        {
            Console.WriteLine($"{device.Name,-10}{device.Description}");
            string float64 = device.SupportsFloat64 ? "yes" : "no";
            Console.WriteLine($"          {device.Vendor}; driver {device.Driver}; memory {Memory(device.MemoryBytes)}; float64 {float64}");
            if (!device.IsUsable)
                Console.WriteLine($"          cannot be used: {device.Problem}. {device.Cure}");
        }

        foreach (DeviceKind kind in new[] { DeviceKind.OpenCl, DeviceKind.Cuda })
        {
            if (found.All(device => device.Name.Kind != kind))
                Console.WriteLine(DeviceCatalog.WhyNone(kind));
        }

        return ExitCodes.Success;
    }

    private static string Memory(long bytes) =>
        bytes > 0 ? (bytes / 1073741824.0).ToString("F1", CultureInfo.InvariantCulture) + " GiB" : "unknown";
}
