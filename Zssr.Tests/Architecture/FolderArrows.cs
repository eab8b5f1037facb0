using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zssr.Tests.Docs;

namespace Zssr.Tests.Architecture;

/// <summary>Reads from a project's source which of its folders use which.</summary>
/// <remarks>
/// Every name, constructor and operator of the code is resolved by the compiler, and leads from the file that it stands in to the file
/// that declares it. Docstrings are no use: they may point anywhere.
/// </remarks>
internal static class FolderArrows
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private const string Cast = "()", Indexer = "[]", Construction = "new()";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    private static readonly ConcurrentDictionary<string, Lazy<SortedDictionary<FolderArrow, string>>> Projects = [];

    /// <summary>The arrows of a project, each with one place that makes it: <c>Devices/Check.cs:17 uses Tensor</c>.</summary>
    public static SortedDictionary<FolderArrow, string> Of(string project) =>
        Projects.GetOrAdd(project, name => new Lazy<SortedDictionary<FolderArrow, string>>(() => Read(name))).Value;

    private static SortedDictionary<FolderArrow, string> Read(string project)
    {
        string root = Path.Combine(Documentation.Root, project);
        CSharpCompilation compilation = Compile(project, root);
        HashSet<string> declared = [.. compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).Select(DeclaredName)];
        var arrows = new SortedDictionary<FolderArrow, string>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            string from = Folder(project, root, tree.FilePath);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes().Where(node => declared.Contains(UsedName(node))))
            {
                foreach (string to in Declarations(model.GetSymbolInfo(node).Symbol).Select(path => Folder(project, root, path)).Distinct())
                {
                    if (to != from)
                        arrows.TryAdd(new FolderArrow(from, to), Place(root, node));
                }
            }
        }

        return arrows;
    }

    /// <summary>The source files of a project, without what a build has generated.</summary>
    public static IEnumerable<string> SourceFiles(string project) =>
        Directory.EnumerateFiles(Path.Combine(Documentation.Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Documentation.Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    private static CSharpCompilation Compile(string project, string root)
    {
        // The project's own assembly is among the tests', too: left in, its names would be found there and not in the source.
        string own = project == "Zssr.App" ? "zssr" : project;
        return CSharpCompilation.Create(
            own,
            SourceFiles(project).Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Parsing, path))
                .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Parsing)),
            LoadedReferences.Without(own),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>
    /// The word by which a node can use what is declared elsewhere: its name, or its sign where it has none. The empty one: it uses nothing.
    /// Only words that the project declares are worth asking the compiler for, which takes most of the time.
    /// </summary>
    private static string UsedName(SyntaxNode node) => node switch
    {
        SimpleNameSyntax { Parent: AttributeSyntax } name => name.Identifier.Text + "Attribute",
        SimpleNameSyntax name => name.Identifier.Text,
        BinaryExpressionSyntax binary => binary.OperatorToken.Text,
        PrefixUnaryExpressionSyntax unary => unary.OperatorToken.Text,
        CastExpressionSyntax => Cast,
        ElementAccessExpressionSyntax => Indexer,
        BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax => Construction,
        _ => "",
    };

    /// <summary>The same of a declaration. Types without a declared constructor have one, too: constructions are always worth asking for.</summary>
    private static string DeclaredName(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EventDeclarationSyntax declared => declared.Identifier.Text,
        EnumMemberDeclarationSyntax member => member.Identifier.Text,
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.Text,
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } property => property.Identifier.Text,
        OperatorDeclarationSyntax declared => declared.OperatorToken.Text,
        ConversionOperatorDeclarationSyntax => Cast,
        IndexerDeclarationSyntax => Indexer,
        _ => Construction,
    };

    private static IEnumerable<string> Declarations(ISymbol? symbol)
    {
        if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol)
            return [];
        // A constructor that nobody has written is its type's.
        ISymbol declared = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true }
            ? symbol.ContainingType
            : (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        return declared.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath)
            .Where(path => path.Length > 0);
    }

    private static string Folder(string project, string root, string path)
    {
        string folder = Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace('\\', '/');
        return folder == "." ? project : folder;
    }

    private static string Place(string root, SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return $"{Path.GetRelativePath(root, span.Path).Replace('\\', '/')}:{span.StartLinePosition.Line + 1} uses {node}";
    }
}
