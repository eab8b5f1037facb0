using System.Text.Json;
using Zssr.App.Files;
using Zssr.Nn;

namespace Zssr.App.Records;

/// <summary>
/// What a <c>run.json</c> says that is needed to go on with its run; all else in it is for people, and may be as another version wrote it.
/// </summary>
/// <param name="Status">How far it has come, as in <see cref="RunRecord"/>.</param>
/// <param name="InputSha256">Which input.</param>
/// <param name="SettingsSha256">Which settings.</param>
/// <param name="Output">The output.</param>
internal sealed record EarlierRun(string? Status, string? InputSha256, string? SettingsSha256, EarlierRun.OutputFile? Output)
{
    /// <summary>The longest file that is read, in bytes. The program's own have some thousands.</summary>
    public const long LongestFile = 64L << 20;

    /// <summary>The output of a run.</summary>
    /// <param name="Path">Its file as the user named it.</param>
    internal sealed record OutputFile(string? Path);

    /// <summary>Whether everything was written.</summary>
    public bool IsFinished => Status == RunRecord.Finished;

    /// <summary>
    /// Reads a file; null where it is missing, no file but a pipe, damaged or too long: then it is not known to be of any run.
    /// </summary>
    public static EarlierRun? Read(string path)
    {
        try
        {
            using FileStream stream = SourceFile.Open(path, "the record of a run");
            return stream.Length <= LongestFile
                ? JsonSerializer.Deserialize<EarlierRun>(stream, RunRecord.Json(indented: true)) : null;
        }
        catch (Exception failure) when (failure is FileException or IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether it is a run with this input, these settings and this output.</summary>
    public bool IsOf(RunIdentity identity, string output) =>
        InputSha256 == identity.Input && SettingsSha256 == identity.Settings
        && !string.IsNullOrEmpty(Output?.Path) && !Output.Path.Contains('\0', StringComparison.Ordinal)
        && Path.GetFullPath(Output.Path) == Path.GetFullPath(output);
}
