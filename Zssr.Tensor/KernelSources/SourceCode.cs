using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Zssr.Tensors.KernelSources;

/// <summary>The C# source of kernels and of what they use, as it was when this library was built: the library carries it along.</summary>
public static class SourceCode
{
    private const string Kept = "source/";

    private static readonly Lazy<IReadOnlyDictionary<string, CSharpText>> Files = new(ReadAll);

    /// <summary>Where types were found: many kernels are declared by one, and to look for it goes through all files.</summary>
    private static readonly ConcurrentDictionary<Type, (string File, int Start, int End)?> Declarations = [];

    /// <summary>The source of a kernel: documentation, attributes, signature and body. Null if the library does not carry it.</summary>
    public static SourceExcerpt? Of(KernelInstance kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (Declarations.GetOrAdd(kernel.Method.DeclaringType!, Declaration) is not { } type)
            return null;
        CSharpText file = Files.Value[type.File];
        return Excerpt(type.File, file, MethodStart(file, kernel.Method.Name, type.Start, type.End));
    }

    /// <summary>The source of a type: of a kernel class, or of a struct that kernels use. Null if the library does not carry it.</summary>
    public static SourceExcerpt? Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Declarations.GetOrAdd(type, Declaration) is { } found ? Excerpt(found.File, Files.Value[found.File], found.Start) : null;
    }

    private static (string File, int Start, int End)? Declaration(Type type)
    {
        string name = type.Name.Split('`')[0];
        var declaration = new Regex($@"\b(?:class|struct|interface|enum|record)\s+{name}\b");
        foreach ((string file, CSharpText text) in Files.Value)
        {
            if (declaration.Match(text.Code) is { Success: true } match)
                return (file, match.Index, text.EndOfMember(match.Index));
        }

        return null;
    }

    /// <summary>Where a public method without a result is declared: so are all kernels, and a call looks different.</summary>
    private static int MethodStart(CSharpText file, string method, int from, int to)
    {
        Match match = new Regex($@"\bpublic\s+static\s+(?:unsafe\s+)?void\s+{method}\s*[<(]").Match(file.Code, from, to - from);
        return match.Success ? match.Index : -1;
    }

    /// <summary>The member around a position of its head; null where there is no such position.</summary>
    private static SourceExcerpt? Excerpt(string file, CSharpText text, int head)
    {
        if (head < 0)
            return null;
        int start = text.StartOfMember(head);
        int line = text.Text.AsSpan(0, start).Count('\n') + 1;
        return new SourceExcerpt(file, line, Outdent(text.Text[start..text.EndOfMember(head)]));
    }

    private static string Outdent(string text)
    {
        string[] lines = text.Split('\n');
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    private static SortedDictionary<string, CSharpText> ReadAll()
    {
        Assembly library = typeof(SourceCode).Assembly;
        var files = new SortedDictionary<string, CSharpText>(StringComparer.Ordinal);
        foreach (string name in library.GetManifestResourceNames().Where(name => name.StartsWith(Kept, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(library.GetManifestResourceStream(name)!);

            // Neither the folders nor the line ends of the computer that built the library should show.
            string path = "Zssr.Tensor/" + name[Kept.Length..].Replace('\\', '/');
            files.Add(path, new CSharpText(reader.ReadToEnd().ReplaceLineEndings("\n")));
        }

        return files;
    }
}
