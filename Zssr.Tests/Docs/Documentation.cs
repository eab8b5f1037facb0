namespace Zssr.Tests.Docs;

/// <summary>A part of a page between fences.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The line of the code's first line, counted from 1.</param>
/// <param name="Text">The code.</param>
internal sealed record CodeBlock(string Page, int Line, string Text);

/// <summary>The project's pages, as they are in the repository from which the tests were built.</summary>
internal static class Documentation
{
    private const string Fence = "```";

    /// <summary>The repository: the first folder above the tests that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All pages, relative to the repository.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>A page's lines without those of code.</summary>
    public static IEnumerable<string> Prose(string page)
    {
        bool isCode = false;
        foreach (string line in Read(page))
        {
            bool isFence = line.StartsWith(Fence, StringComparison.Ordinal);
            if (!isCode && !isFence)
                yield return line;
            isCode ^= isFence;
        }
    }

    /// <summary>The blocks of a page that are marked as C#, in order.</summary>
    public static IReadOnlyList<CodeBlock> CSharp(string page)
    {
        var blocks = new List<CodeBlock>();
        string[] lines = Read(page);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, i + 1, line => line.StartsWith(Fence, StringComparison.Ordinal));
            if (lines[i] == Fence + "csharp")
                blocks.Add(new CodeBlock(page, i + 2, string.Join('\n', lines[(i + 1)..end])));
            i = end;
        }

        return blocks;
    }

    /// <summary>The one block of a page marked as C# that has a text in it.</summary>
    public static CodeBlock CSharpWith(string page, string text) =>
        CSharp(page).Single(block => block.Text.Contains(text, StringComparison.Ordinal));

    private static string[] Read(string page) => File.ReadAllLines(Path.Combine(Root, page));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Zssr.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Zssr.sln; run the tests in a clone.");
    }
}
