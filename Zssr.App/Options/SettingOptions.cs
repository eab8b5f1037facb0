using System.CommandLine;
using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Options;

/// <summary>An option for each of some values of a preset; help lists the common ones.</summary>
internal sealed class SettingOptions
{
    /// <summary>Of colour pictures; what fits these fits gray ones.</summary>
    private const int ImageChannels = 3;

    private readonly List<(Setting Setting, Option<string?> Option)> _options = [];

    /// <param name="command">Gets the options.</param>
    /// <param name="settings">Which values.</param>
    /// <param name="shown">Whose values help shows; those of the default preset if null.</param>
    public SettingOptions(Command command, IEnumerable<Setting> settings, ZssrSettings? shown = null)
    {
        foreach (Setting setting in settings)
        {
            var option = new Option<string?>("--" + setting.Name)
            {
                Description = $"{setting.Help} [{setting.Show(shown ?? ZssrPresets.Default)}]",
                HelpName = "VALUE",
                Hidden = !setting.IsCommon,
            };
            if (setting.Name == "scale")
                option.Aliases.Add("-s");
            _options.Add((setting, option));
            command.Add(option);
        }
    }

    /// <summary>Settings changed as the options say. A preset's start goes where they change the network that it was learned for.</summary>
    /// <exception cref="SettingsException">A value is not possible.</exception>
    public ZssrSettings Change(ZssrSettings settings, ParseResult parsed)
    {
        foreach ((Setting setting, Option<string?> option) in _options)
        {
            if (parsed.GetValue(option) is { } text)
                settings = setting.Apply(settings, text);
        }

        settings.Validate();
        return settings.Start is { IsOptional: true } && !FirstWeights.Fit(settings, ImageChannels) ? settings with { Start = null } : settings;
    }

    /// <summary>Whether one of some values was given.</summary>
    public bool AreGiven(ParseResult parsed, params string[] names) =>
        _options.Any(entry => names.Contains(entry.Setting.Name) && parsed.GetValue(entry.Option) is not null);

    /// <summary>What was given, as it stands on the command line; empty where nothing was.</summary>
    public string Given(ParseResult parsed) => string.Join(
        ' ', _options.Select(entry => (entry.Setting.Name, Text: parsed.GetValue(entry.Option)))
            .Where(entry => entry.Text is not null).Select(entry => $"--{entry.Name} {entry.Text}"));
}
