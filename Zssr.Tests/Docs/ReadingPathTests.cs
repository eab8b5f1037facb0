using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Zssr.Tests.Docs;

/// <summary>The path through the code in docs/reading.md: its first section is short enough for an afternoon.</summary>
[TestFixture]
public sealed partial class ReadingPathTests
{
    private const string Page = "docs/reading.md";
    private const int MostLines = 1800;

    /// <summary>How far the rounded figures in the text may be from the count.</summary>
    private const int Rounding = 75;

    /// <summary>A file of the afternoon, or a member of one.</summary>
    /// <param name="Name">The link's text without backticks: a type, or <c>Type.Member</c>.</param>
    /// <param name="Path">The file, relative to the repository.</param>
    /// <param name="First">The first line that is linked; 0 for the whole file.</param>
    /// <param name="Last">The last line that is linked.</param>
    public sealed record Stop(string Name, string Path, int First, int Last)
    {
        public int Lines => First > 0 ? Last - First + 1 : File.ReadLines(FullPath).Count();

        public string FullPath => System.IO.Path.Combine(Documentation.Root, Path);

        public override string ToString() => First > 0 ? $"{Name} ({Path}#L{First}-L{Last})" : $"{Name} ({Path})";
    }

    [Test]
    public void An_afternoon_has_few_lines()
    {
        Stop[] stops = [.. Afternoon().Distinct()];
        foreach (Stop stop in stops)
            TestContext.Out.WriteLine($"{stop.Lines,5} {stop}");
        int lines = stops.Sum(stop => stop.Lines);
        TestContext.Out.WriteLine($"{lines,5} lines");
        Assert.That(stops, Has.Length.GreaterThan(10));
        Assert.That(lines, Is.LessThanOrEqualTo(MostLines));
        foreach (string page in new[] { Page, "README.md" })
            Assert.That(AfternoonFigure(page), Is.EqualTo(lines).Within(Rounding), $"the afternoon's lines in {page}");
    }

    /// <summary>A range of lines rots when a file changes: it must be exactly the member that the link names, with its docstring.</summary>
    [TestCaseSource(nameof(Afternoon))]
    public void A_stop_of_the_afternoon_is_a_type_or_a_member(Stop stop)
    {
        string[] names = stop.Name.Split('.');
        SyntaxNode file = CSharpSyntaxTree.ParseText(File.ReadAllText(stop.FullPath)).GetRoot();
        BaseTypeDeclarationSyntax? type = file.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .FirstOrDefault(declared => declared.Identifier.Text == names[0]);
        Assert.That(type, Is.Not.Null, $"{stop.Path} declares no {names[0]}");
        if (stop.First == 0)
        {
            Assert.That(names, Has.Length.EqualTo(1), "a member is linked with its lines");
            return;
        }

        string[] ranges = [.. type!.ChildNodes().OfType<MemberDeclarationSyntax>().Where(m => NameOf(m) == names[^1]).Select(Range)];
        Assert.That(ranges, Has.Some.EqualTo($"#L{stop.First}-L{stop.Last}"), $"the lines of {stop.Name}");
    }

    private static Stop[] Afternoon()
    {
        string section = Section("An afternoon");
        return [.. SourceLink().Matches(section).Select(link => new Stop(
            link.Groups["name"].Value, link.Groups["path"].Value, Number(link.Groups["first"]), Number(link.Groups["last"])))];
    }

    private static string Section(string title)
    {
        string[] lines = [.. Documentation.Prose(Page)];
        int start = Array.IndexOf(lines, "## " + title);
        Assert.That(start, Is.GreaterThanOrEqualTo(0), $"{Page} has a section '{title}'");
        return string.Join('\n', lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)));
    }

    /// <summary>The figure in "about 1,750 lines".</summary>
    private static int AfternoonFigure(string page)
    {
        Match figure = Figure().Match(string.Join('\n', Documentation.Prose(page)));
        Assert.That(figure.Success, $"{page} says how many lines an afternoon has");
        return int.Parse(figure.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => null,
    };

    /// <summary>The lines of a member from its docstring on.</summary>
    private static string Range(MemberDeclarationSyntax member)
    {
        SyntaxTrivia docstring = member.GetLeadingTrivia().FirstOrDefault(trivia => trivia.HasStructure);
        Location start = docstring.HasStructure ? docstring.GetLocation() : member.GetLocation();
        return $"#L{start.GetLineSpan().StartLinePosition.Line + 1}-L{member.GetLocation().GetLineSpan().EndLinePosition.Line + 1}";
    }

    private static int Number(Group digits) => digits.Success ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\[`(?<name>[^`]+)`\]\(\.\./(?<path>[^)#\s]+\.cs)(#L(?<first>\d+)-L(?<last>\d+))?\)")]
    private static partial Regex SourceLink();

    [GeneratedRegex(@"[Aa]bout\s+(1,\d{3})\s+lines")]
    private static partial Regex Figure();
}
