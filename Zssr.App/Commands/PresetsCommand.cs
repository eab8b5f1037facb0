using System.CommandLine;
using System.Text.Json;
using Zssr.App.Errors;
using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Commands;

/// <summary><c>zssr presets</c>: all values of all presets side by side.</summary>
internal static class PresetsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object per preset instead of a table." };
        var command = new Command(
            "presets",
            "Show all values of all presets side by side; the option of the same name changes a value. With --verbose, explain them.")
        {
            json,
        };
        command.SetAction(parsed => parsed.GetValue(json) ? PrintJson() : PrintTable(explain: parsed.GetValue(CommandLine.Verbose)));
        return command;
    }

    private static int PrintTable(bool explain)
    {
        string[][] rows =
        [
            ["", .. ZssrPresets.All.Select(preset => preset == ZssrPresets.Default ? preset.Preset + " *" : preset.Preset)],
            .. SettingTable.All.Select(setting => (string[])["--" + setting.Name, .. ZssrPresets.All.Select(setting.Show)]),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        Console.WriteLine("* the default");
        if (explain)
        {
            Console.WriteLine();
            foreach (Setting setting in SettingTable.All)
                Console.WriteLine($"--{setting.Name.PadRight(widths[0] - 2)}  {setting.Help}");
        }

        return ExitCodes.Success;
    }

    private static int PrintJson()
    {
        foreach (ZssrSettings preset in ZssrPresets.All)
            Console.WriteLine(JsonSerializer.Serialize(JsonDocument.Parse(preset.ToJson()).RootElement));
        return ExitCodes.Success;
    }
}
