namespace Zssr.Tests.App;

/// <summary>Tests each of which has a folder of its own; it goes with everything in it.</summary>
public abstract class FolderFixture
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>The path of a file in the test's folder.</summary>
    protected string At(string name) => _folder.File(name);

    /// <summary>The names in the test's folder, hidden ones too.</summary>
    protected string[] NamesInFolder => _folder.Names;
}
