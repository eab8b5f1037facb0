using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Zssr.Tests.Docs;

namespace Zssr.Tests.Architecture;

/// <summary>What is built is the same wherever the source lies, and of packages that were chosen.</summary>
[TestFixture]
public sealed class BuiltFilesTests
{
    [TestCase("Zssr.Tensor.dll")]
    [TestCase("Zssr.Autograd.dll")]
    [TestCase("Zssr.Nn.dll")]
    [TestCase("zssr.dll")]
    public void No_assembly_holds_the_folder_that_it_was_built_in(string name)
    {
        byte[] assembly = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name));
        string folder = Documentation.Root.TrimEnd('/', '\\');
        Assert.That(assembly.AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)), Is.EqualTo(-1));
        Assert.That(assembly.AsSpan().IndexOf(Encoding.Unicode.GetBytes(folder)), Is.EqualTo(-1));
        Assert.That(SourcesOf(assembly), Is.Not.Empty.And.All.StartsWith("/_/Zssr."));
    }

    /// <summary>The files that the debug symbols name. They are compressed within the assembly.</summary>
    private static string[] SourcesOf(byte[] assembly)
    {
        using var file = new PEReader([.. assembly]);
        DebugDirectoryEntry symbols = file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
        MetadataReader reader = provider.GetMetadataReader();
        return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
    }

    [Test]
    public void Every_project_has_its_packages_pinned()
    {
        string[] projects = [.. Directory.GetFiles(Documentation.Root, "*.csproj", SearchOption.AllDirectories)];
        Assert.That(projects, Has.Length.GreaterThanOrEqualTo(6));
        foreach (string project in projects)
        {
            string file = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
            Assert.That(file, Does.Exist);
            Assert.That(File.ReadAllText(file), Does.Contain("\"contentHash\"").And.Not.Contain("net10.0/"), "one file for all systems");
        }
    }
}
