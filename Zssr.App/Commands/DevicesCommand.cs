using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr devices</c>: everything that was found, usable or not.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "List the devices of this computer, and why one cannot be used.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("device", "what", "vendor", "memory", "driver", "float64", "usable");
        IReadOnlyList<DeviceInfo> found = DeviceCatalog.List();
        foreach (DeviceInfo device in found)
        {
            table.AddRow(
                Markup.Escape(device.Name.ToString()),
                Markup.Escape(device.Description),
                Markup.Escape(device.Vendor),
                Memory(device.MemoryBytes),
                Markup.Escape(device.Driver),
                device.SupportsFloat64 ? "yes" : "no",
                device.IsUsable ? "yes" : Markup.Escape($"no: {device.Problem}. {device.Cure}"));
        }

        AnsiConsole.Write(table);
        foreach (DeviceKind kind in new[] { DeviceKind.OpenCl, DeviceKind.Cuda })
        {
            if (found.All(device => device.Name.Kind != kind))
                Console.WriteLine(DeviceCatalog.WhyNone(kind));
        }

        return CommandLine.Success;
    }

    private static string Memory(long bytes) =>
        bytes > 0 ? (bytes / 1073741824.0).ToString("F1", CultureInfo.InvariantCulture) + " GiB" : "?";
}
