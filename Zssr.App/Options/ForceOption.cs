using System.CommandLine;

namespace Zssr.App.Options;

/// <summary><c>--force</c>, on every command that writes files.</summary>
internal static class ForceOption
{
    public static Option<bool> Create(string description = "Replace the output if it exists.") =>
        new("--force", "-f") { Description = description };
}
