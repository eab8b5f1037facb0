using System.Reflection;
using Zssr.Tensors.KernelSources;
using Zssr.Tests.Docs;

namespace Zssr.Tests.Tensors.KernelSources;

/// <summary>The source that the library carries along is that of its kernels.</summary>
public class SourceCodeTests
{
    private static readonly IReadOnlyList<KernelInstance> Definitions = [.. KernelCatalogue.All().DistinctBy(kernel => kernel.Definition)];

    [TestCaseSource(nameof(Definitions))]
    public void A_kernel_has_its_own_source_whole_and_with_its_documentation(KernelInstance kernel)
    {
        SourceExcerpt? source = SourceCode.Of(kernel);

        Assert.That(source, Is.Not.Null);
        string code = new CSharpText(source!.Text).Code;
        Assert.That(code, Does.Match($@"^\s*public static void {kernel.Method.Name}[<(]"), "nothing comes before it but comments");
        Assert.That(code.Count(c => c == '{'), Is.Positive.And.EqualTo(code.Count(c => c == '}')));
        Assert.That(code.TrimEnd(), Does.EndWith("}"));
        Assert.That(code.Split("public static").Length, Is.EqualTo(2), "one method, not two");
        foreach (ParameterInfo parameter in kernel.Method.GetParameters())
            Assert.That(code, Does.Match($@"\b{parameter.Name}\b"));
        Assert.That(source.Text, Does.StartWith("/// <summary>"));
        Assert.That(source.FirstSentence, Is.Not.Empty);
    }

    [TestCaseSource(nameof(Definitions))]
    public void A_source_is_where_it_says(KernelInstance kernel)
    {
        SourceExcerpt source = SourceCode.Of(kernel)!;
        string[] lines = [.. source.Text.Split('\n').Select(line => line.Trim())];

        string[] file = File.ReadAllLines(Path.Combine(Documentation.Root, source.File));

        Assert.That(file.Skip(source.Line - 1).Take(lines.Length).Select(line => line.Trim()), Is.EqualTo(lines));
        Assert.That(file, Has.Some.Contains($"static class {kernel.Method.DeclaringType!.Name}"));
    }

    [Test]
    public void The_op_of_a_generic_kernel_has_a_source_too()
    {
        foreach (Type op in KernelCatalogue.All().SelectMany(kernel => kernel.OpTypes).Distinct())
        {
            Assert.That(
                SourceCode.Of(op)?.Text, Does.Contain($"struct {op.Name} :").And.Contains("/// <summary>").And.EndsWith("}"), op.Name);
        }
    }

    [Test]
    public void A_type_that_ends_with_its_parameters_ends_there()
    {
        Type geometry = typeof(Zssr.Tensors.Shape).Assembly.GetType("Zssr.Tensors.NumericDownscaleGeometry", throwOnError: true)!;
        Assert.That(
            SourceCode.Of(geometry)!.Text,
            Does.EndWith("int KernelHeight, int KernelWidth);").And.StartsWith("/// <summary>The sizes of one"));
    }

    [Test]
    public void What_the_library_does_not_carry_has_no_source() => Assert.That(SourceCode.Of(typeof(string)), Is.Null);

    [Test]
    public void A_summary_is_plain_text_in_one_line()
    {
        var excerpt = new SourceExcerpt("a.cs", 1, """
            /// <summary>
            /// y = 0.5 · <c>x</c> &lt; <see cref="Zssr.Tensors.KernelEpilogue{T}"/>, as
            /// <see cref="Named">written</see>. Then more.
            /// </summary>
            /// <remarks>Not this.</remarks>
            void F() { }
            """);

        Assert.That(excerpt.Summary, Is.EqualTo("y = 0.5 · x < KernelEpilogue, as written. Then more."));
        Assert.That(excerpt.FirstSentence, Is.EqualTo("y = 0.5 · x < KernelEpilogue, as written."));
    }

    [TestCase("void F() { }")]
    [TestCase("/// <summary>never closed\nvoid F() { }")]
    public void Without_documentation_a_summary_is_empty(string text) =>
        Assert.That(new SourceExcerpt("a.cs", 1, text).Summary, Is.Empty);
}
