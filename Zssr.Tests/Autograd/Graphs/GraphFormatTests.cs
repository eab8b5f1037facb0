using System.Text.Json;
using Zssr.Autograd;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;

namespace Zssr.Tests.Autograd.Graphs;

/// <summary>A small graph in each of the formats, to the letter.</summary>
[TestFixture]
public sealed class GraphFormatTests
{
    /// <summary>What could be taken for syntax by one format or another.</summary>
    private const string Nasty = "a \"b\"\\n&lt;<i>#35;`c`";

    [Test]
    public void The_text_is_equations_in_columns_and_a_sum() => Assert.That(GraphText.Of(Small("w")), Is.EqualTo(
        """
        w: watched     [3, 3, 1, 8]   float32   288 B
        %1: constant   [1, 9, 9, 1]   float64   648 B

        %2 = Conv2d(%1, w; stride 2, relu)   [1, 4, 4, 8]   float32   4.2 MB   Net.cs:7
        %3 = Sum(%2)                         []             float32      4 B

        2 values given, 936 B; 2 functions, 4.2 MB kept for the backward pass.

        """.ReplaceLineEndings("\n")));

    [TestCase("layers.0.weight", "layers.0.weight")]
    [TestCase("größe_1-a/b", "größe_1-a/b")]
    [TestCase("%2", "\"%2\"")]
    [TestCase("a, b", "\"a, b\"")]
    [TestCase("", "\"\"")]
    [TestCase("two\nlines", "\"two\\nlines\"")]
    public void Names_that_could_be_something_else_stand_in_quotes_in_text(string name, string written)
    {
        string text = GraphText.Of(Small(name));

        Assert.That(text, Does.StartWith(written + ": watched").And.Contain($"Conv2d(%1, {written}; "));
    }

    [Test]
    public void Dot_has_a_line_a_node_and_a_line_an_edge() => Assert.That(GraphDot.Of(Small(Nasty)), Is.EqualTo(
        """
        digraph tape {
          node [fontname="sans-serif", fontsize=11];
          n0 [shape=ellipse, style=filled, fillcolor="#dde8f5", label="a \"b\"\\n&amp;lt;<i>#35;`c`\n[3, 3, 1, 8] float32"];
          n1 [shape=ellipse, label="%1\n[1, 9, 9, 1] float64"];
          n2 [shape=box, label="Conv2d\nstride 2, relu\n[1, 4, 4, 8] float32, 4.2 MB\nNet.cs:7"];
          n3 [shape=box, label="Sum\n[] float32, 4 B"];
          n1 -> n2;
          n0 -> n2;
          n2 -> n3;
        }

        """.ReplaceLineEndings("\n")));

    [Test]
    public void Mermaid_has_a_line_a_node_and_a_line_an_edge() => Assert.That(GraphMermaid.Of(Small(Nasty)), Is.EqualTo(
        """
        flowchart TD
          n0(["a #34;b#34;#92;n#38;lt#59;#60;i#62;#35;35#59;#96;c#96;<br>[3, 3, 1, 8] float32"])
          n1(["%1<br>[1, 9, 9, 1] float64"])
          n2["Conv2d<br>stride 2, relu<br>[1, 4, 4, 8] float32, 4.2 MB<br>Net.cs:7"]
          n3["Sum<br>[] float32, 4 B"]
          n1 --> n2
          n0 --> n2
          n2 --> n3
          classDef watched fill:#dde8f5,color:#000
          class n0 watched

        """.ReplaceLineEndings("\n")));

    [Test]
    public void Line_ends_in_names_do_not_end_a_line()
    {
        TapeGraph graph = Small("two\r\nlines");

        Assert.That(GraphDot.Of(graph), Does.Contain("label=\"two\\nlines\\n[3, 3, 1, 8] float32\""));
        Assert.That(GraphMermaid.Of(graph), Does.Contain("[\"two lines<br>[3, 3, 1, 8] float32\"]"));
    }

    [Test]
    public void Json_has_all_that_the_graph_has()
    {
        using var json = JsonDocument.Parse(GraphJson.Of(Small(Nasty)));
        JsonElement leaf = json.RootElement.GetProperty("leaves")[0], op = json.RootElement.GetProperty("ops")[0];

        Assert.That(leaf.GetProperty("name").GetString(), Is.EqualTo(Nasty));
        Assert.That((leaf.GetProperty("id").GetInt32(), leaf.GetProperty("bytes").GetInt64()), Is.EqualTo((0, 288L)));
        Assert.That(leaf.GetProperty("watched").GetBoolean(), Is.True);
        Assert.That(leaf.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()), Is.EqualTo(new[] { 3, 3, 1, 8 }));
        Assert.That(op.GetProperty("function").GetString(), Is.EqualTo("Conv2d"));
        Assert.That(op.GetProperty("dtype").GetString(), Is.EqualTo("float32"));
        Assert.That(op.GetProperty("inputs").EnumerateArray().Select(id => id.GetInt32()), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(
            op.GetProperty("attributes").EnumerateObject().Select(attribute => attribute.ToString()),
            Is.EqualTo(new[] { "\"stride\": 2", "\"relu\": true", "\"residual\": false" }));
        Assert.That(op.GetProperty("line").GetProperty("file").GetString(), Is.EqualTo("Net.cs"));
        Assert.That(json.RootElement.GetProperty("ops")[1].GetProperty("line").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(json.RootElement.GetProperty("keptBytes").GetInt64(), Is.EqualTo(4_200_004));
    }

    [Test]
    public void Json_can_tell_numbers_that_it_does_not_have()
    {
        var op = new GraphOp(0, "Clamp", [("low", double.NegativeInfinity)], [], [], DType.Float32, 4, null);

        Assert.That(GraphJson.Of(new TapeGraph([], [op])), Does.Contain("\"low\": \"-Infinity\""));
    }

    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1000, "1.0 kB")]
    [TestCase(4_194_304, "4.2 MB")]
    [TestCase(999_949, "999.9 kB")]
    [TestCase(999_950, "1.0 MB")]
    [TestCase(2_500_000_000, "2.5 GB")]
    public void Memory_is_told_with_three_or_four_digits(long bytes, string expected) =>
        Assert.That(GraphWords.Size(bytes), Is.EqualTo(expected));

    private static TapeGraph Small(string name)
    {
        var weight = new GraphLeaf(0, name, IsWatched: true, [3, 3, 1, 8], DType.Float32);
        var image = new GraphLeaf(1, null, IsWatched: false, [1, 9, 9, 1], DType.Float64);
        var convolution = new GraphOp(
            2, "Conv2d", [("stride", 2), ("relu", true), ("residual", false)], [image, weight], [1, 4, 4, 8], DType.Float32, 4_200_000,
            new SourceLine("Net.Forward", "Net.cs", 7));
        return new TapeGraph([weight, image], [convolution, new GraphOp(3, "Sum", [], [convolution], [], DType.Float32, 4, null)]);
    }
}
