using Zssr.Nn;

namespace Zssr.App.Settings;

/// <summary>One value of a preset: how the command line names it, how it is shown, and how it is changed.</summary>
/// <param name="Name">The option without its dashes, such as <c>learning-rate</c>.</param>
/// <param name="Help">What it is, with its possible values.</param>
/// <param name="Show">Its value as the option takes it.</param>
/// <param name="Change">The settings with another value, given as text.</param>
internal sealed record Setting(
    string Name, string Help, Func<ZssrSettings, string> Show, Func<ZssrSettings, string, ZssrSettings> Change)
{
    /// <summary>Whether <c>zssr upscale --help</c> lists it; <c>zssr presets</c> lists all.</summary>
    public bool IsCommon { get; init; }

    /// <summary>The settings with the value of the text.</summary>
    /// <exception cref="SettingsException">The text is no such value; the message names the option.</exception>
    public ZssrSettings Apply(ZssrSettings settings, string text)
    {
        try
        {
            return Change(settings, text);
        }
        catch (FormatException failure)
        {
            // A message that says itself what was given needs no more; one about an item of a list says less.
            string given = failure.Message.StartsWith($"'{text}'", StringComparison.Ordinal) ? "" : $"'{text}' was given; ";
            throw new SettingsException($"--{Name}: {given}{failure.Message}");
        }
    }
}
