namespace Zssr.App.Files;

/// <summary>Folders that are to be there before something is written in them.</summary>
internal static class Folder
{
    /// <summary>Makes a folder, and those above it, where it does not exist.</summary>
    /// <param name="path">Which.</param>
    /// <param name="kind">What it is called in the message.</param>
    /// <param name="advice">A sentence for the end of the message: what the user can do.</param>
    /// <exception cref="FileException">It cannot be made.</exception>
    public static void Make(string path, string kind = "folder", string? advice = null)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = advice is null ? failure.Message : $"{failure.Message} {advice}";
            throw new FileException(path, $"cannot make the {kind} {path}: {reason}", failure);
        }
    }
}
