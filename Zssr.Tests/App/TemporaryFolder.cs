namespace Zssr.Tests.App;

/// <summary>A folder of its own for one test; it goes with everything in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("zssr-test").FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>The names in it, hidden ones too.</summary>
    public string[] Names => [.. Directory.GetFileSystemEntries(_path).Select(entry => Path.GetFileName(entry)).Order()];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
