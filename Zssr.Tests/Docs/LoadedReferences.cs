using Microsoft.CodeAnalysis;

namespace Zssr.Tests.Docs;

/// <summary>The assemblies that the tests run with, as references for a compilation. Each is read once, however many compilations there are.</summary>
internal static class LoadedReferences
{
    private static readonly Lazy<PortableExecutableReference[]> Files = new(
        () => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !IsCompiler(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>All but those of the compiler itself, which are as large as the others together.</summary>
    public static IReadOnlyCollection<MetadataReference> All => Files.Value;

    /// <summary>All but one, whose source is compiled instead.</summary>
    /// <param name="assembly">Its name, without ending.</param>
    public static IEnumerable<MetadataReference> Without(string assembly) =>
        Files.Value.Where(file => Path.GetFileNameWithoutExtension(file.FilePath) != assembly);

    private static bool IsCompiler(string file) => file.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal);
}
