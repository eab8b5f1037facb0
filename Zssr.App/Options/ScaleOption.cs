using System.CommandLine;
using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Options;

/// <summary>Options that take a scale, such as <c>2</c> or <c>2x3</c> (<see cref="ScaleText"/>).</summary>
internal static class ScaleOption
{
    /// <summary>An option that takes one scale; <see cref="Scale"/> 0 × 0 where it is not given.</summary>
    public static Option<Scale> Create(string name, string description, double smallest = ScaleText.Smallest, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = "SCALE",
            CustomParser = result =>
            {
                if (!ScaleText.TryParse(result.Tokens[0].Value, smallest, out Scale scale, out string error))
                    result.AddError($"{name}: {error}");
                return scale;
            },
        };
}
