using System.CommandLine;
using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Commands;

/// <summary>The preset, and an option for each of its values.</summary>
internal sealed class SettingArguments
{
    private readonly Option<string> _preset = new("--preset", "-p")
    {
        Description = $"{string.Join(", ", ZssrPresets.All.Select(preset => preset.Preset))}; `zssr presets` shows their values.",
        DefaultValueFactory = _ => ZssrPresets.Default.Preset,
    };

    private readonly List<(Setting Setting, Option<string?> Option)> _options = [];

    public SettingArguments(Command command)
    {
        command.Add(_preset);
        foreach (Setting setting in SettingTable.All)
        {
            var option = new Option<string?>("--" + setting.Name)
            {
                Description = $"{setting.Help} [{setting.Show(ZssrPresets.Default)}]",
                Hidden = !setting.IsCommon,
            };
            if (setting.Name == "scale")
                option.Aliases.Add("-s");
            _options.Add((setting, option));
            command.Add(option);
        }
    }

    /// <summary>The preset's settings, changed as a blur kernel asks for, and then as the options say.</summary>
    /// <exception cref="SettingsException">There is no such preset, or a value is not possible.</exception>
    public ZssrSettings Read(ParseResult parsed, bool hasKernel)
    {
        ZssrSettings settings = ZssrPresets.Named(parsed.GetValue(_preset)!);
        if (hasKernel)
            settings = settings.ForGivenKernel();
        foreach ((Setting setting, Option<string?> option) in _options)
        {
            if (parsed.GetValue(option) is { } text)
                settings = setting.Apply(settings, text);
        }

        settings.Validate();
        return settings;
    }
}
