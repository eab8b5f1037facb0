
namespace Zssr.Tests.App;

/// <summary>The home folder of all programs that tests start: their caches go there, and with the last test.</summary>
[SetUpFixture]
public sealed class ProgramHome
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("zssr-test-home").FullName);

    /// <summary>Its path.</summary>
    internal static string Path => Folder.Value;

    [OneTimeTearDown]
    public void Remove()
    {
        SharedProgram.EndAll();
        if (Folder.IsValueCreated)
            Directory.Delete(Folder.Value, recursive: true);
    }
}
