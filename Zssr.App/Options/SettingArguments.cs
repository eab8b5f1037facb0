using System.CommandLine;
using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Options;

/// <summary>The preset, and an option for each of its values.</summary>
internal sealed class SettingArguments
{
    private readonly Option<string> _preset = new("--preset", "-p")
    {
        Description = $"{string.Join(", ", ZssrPresets.All.Select(preset => preset.Preset))}; `zssr presets` shows their values.",
        HelpName = "NAME",
        DefaultValueFactory = _ => ZssrPresets.Default.Preset,
    };

    private readonly SettingOptions _options;

    public SettingArguments(Command command)
    {
        command.Add(_preset);
        _options = new SettingOptions(command, SettingTable.All);
    }

    /// <summary>Whether the user has said neither which preset nor what the picture has come with.</summary>
    public bool AreDefault(ParseResult parsed) =>
        parsed.GetResult(_preset) is null or { Implicit: true } && !_options.AreGiven(parsed, "noise", "jpeg-quality", "noise-std");

    /// <summary>The preset's settings, changed as a blur kernel asks for, and then as the options say.</summary>
    /// <exception cref="SettingsException">There is no such preset, or a value is not possible, or not with a blur kernel.</exception>
    public ZssrSettings Read(ParseResult parsed, bool hasKernel)
    {
        ZssrSettings preset = ZssrPresets.Named(parsed.GetValue(_preset)!);
        return KernelArguments.Change(preset, _options, parsed, hasKernel);
    }
}
