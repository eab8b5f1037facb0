namespace Zssr.Tests.App;

/// <summary>The home folder of all programs that tests start: their caches go there, and with the last test.</summary>
internal static class ProgramHome
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("zssr-test-home").FullName);

    /// <summary>Its path.</summary>
    public static string Path => Folder.Value;

    /// <summary>Removes it, after the last test.</summary>
    public static void Remove()
    {
        if (Folder.IsValueCreated)
            Directory.Delete(Folder.Value, recursive: true);
    }
}
