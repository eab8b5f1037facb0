using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Zssr.Tests.Docs;

/// <summary>
/// Compiles code of the documentation as a user's program would have it, with the usual implicit usings, and runs it. Warnings count as
/// errors; both are told with the page and its line.
/// </summary>
/// <remarks>
/// Statements become the body of a method, which takes what the page says it has; types and usings go where C# wants them. Only public
/// members can be used, as outside the project.
/// </remarks>
internal static class ExampleProgram
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>Runs blocks as one program, from top to bottom.</summary>
    /// <param name="blocks">The code.</param>
    /// <param name="given">Parameters of the program with their types, such as <c>int height</c>.</param>
    /// <param name="arguments">Their values.</param>
    /// <param name="answer">An expression, computed at the end of the program, while all that it has opened is still open.</param>
    public static T Run<T>(IEnumerable<CodeBlock> blocks, string given, object?[] arguments, string answer)
    {
        CompilationUnitSyntax[] units = [.. blocks.Select(Parse)];
        string usings = Text(units.SelectMany(unit => unit.Usings));
        string statements = Text(units.SelectMany(unit => unit.Members.OfType<GlobalStatementSyntax>()));
        string types = Text(units.SelectMany(unit => unit.Members.Where(member => member is not GlobalStatementSyntax)));
        string source =
            $$"""
            {{usings}}
            public static class Example
            {
                public static object Run({{given}})
                {
            {{statements}}
            #line 1 "answer"
                    return {{answer}};
                }
            }
            {{types}}
            """;
        MethodInfo program = Compile(source).GetType("Example", throwOnError: true)!.GetMethod("Run")!;
        try
        {
            return (T)program.Invoke(null, arguments)!;
        }
        catch (TargetInvocationException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
    }

    /// <summary>What the compiler has to say of files as they are, in a project that has everything but one assembly.</summary>
    public static IReadOnlyList<string> Problems(IEnumerable<CodeBlock> files, string without)
    {
        var compilation = CSharpCompilation.Create(
            $"example-{Guid.NewGuid():N}",
            [.. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Page)), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            LoadedReferences.Without(without),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(problem => problem.Severity >= DiagnosticSeverity.Warning).Select(Describe)];
    }

    private static CompilationUnitSyntax Parse(CodeBlock block) =>
        CSharpSyntaxTree.ParseText(block.Text, path: $"{block.Page}:{block.Line}").GetCompilationUnitRoot();

    /// <summary>Parts of pages one after another, each after a directive that says where it stands.</summary>
    private static string Text(IEnumerable<SyntaxNode> parts)
    {
        var text = new System.Text.StringBuilder();
        foreach (SyntaxNode part in parts)
        {
            string[] place = part.SyntaxTree.FilePath.Split(':');
            int line = part.GetLocation().GetLineSpan().StartLinePosition.Line + int.Parse(place[1], CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"#line {line} \"{place[0]}\"\n{part.ToString()}\n");
        }

        return text.ToString();
    }

    private static Assembly Compile(string source)
    {
        var compilation = CSharpCompilation.Create(
            $"example-{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            LoadedReferences.All,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release));
        using var assembly = new MemoryStream();
        Diagnostic[] problems = [.. compilation.Emit(assembly).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        Assert.That(problems.Select(Describe), Is.Empty, "errors and warnings of the compiler");
        assembly.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(assembly);
    }

    private static string Describe(Diagnostic problem)
    {
        FileLinePositionSpan place = problem.Location.GetMappedLineSpan();
        return string.Create(
            CultureInfo.InvariantCulture, $"{place.Path}, line {place.StartLinePosition.Line + 1}: {problem.Id} {problem.GetMessage(null)}");
    }
}
