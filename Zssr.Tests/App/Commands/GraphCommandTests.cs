using System.Text.Json;
using System.Text.RegularExpressions;
using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.Tests.Docs;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr graph</c> as a user meets it.</summary>
[TestFixture]
public sealed class GraphCommandTests : FolderFixture
{
    private static readonly string[] Small = ["--depth", "3", "--width", "8"];

    [Test]
    public void The_default_is_text_on_standard_output_the_same_each_time()
    {
        CommandRun first = Fresh(Small), second = Fresh(Small);

        Assert.That(first.Exit, Is.EqualTo(ExitCodes.Success), first.Error);
        Assert.That(first.Output, Does.Contain("= Conv2dBlock(son, layers.0.weight; stride 1, padding 1, relu)").And.Contain("Conv2dBlockLayer.cs:"));
        Assert.That(second.Output, Is.EqualTo(first.Output));
    }

    [Test]
    public void Without_fusing_every_operation_stands_by_itself()
    {
        string[] functions = [.. Functions(Graph("--no-fuse", "-p", "article", "--format", "json").Output)];

        Assert.That(functions, Is.EqualTo(new[] { "Conv2d", "Relu", "Conv2d", "Relu", "Add", "Conv2d", "L1Loss" }));
    }

    [Test]
    public void The_settings_decide_what_is_there()
    {
        string[] functions = [.. Functions(Graph("--format", "json", "--loss", "mse", "--batch", "2").Output)];

        Assert.That(functions, Does.Contain("MeanSquaredLoss").And.Not.Contain("L1Loss"));
    }

    [Test]
    public void An_image_gives_its_size_and_colours()
    {
        ImageFile.Write(At("gray.png"), new Picture(11, 9, 1, new float[99]));

        string text = Graph(At("gray.png"), "-p", "paper").Output;

        Assert.That(text, Does.Contain("[3, 3, 1, 8]"), "one channel in");
        Assert.That(text, Does.Contain("[3, 3, 8, 1]"), "and one out");
    }

    [Test]
    public void A_file_is_written_whole_and_only_replaced_when_asked()
    {
        string path = At("graph.dot");

        CommandRun first = Graph("--format", "dot", "-o", path), second = Graph("-o", path);

        Assert.That(first, Is.EqualTo(new CommandRun(ExitCodes.Success, $"Wrote {path}.{Environment.NewLine}", "")));
        Assert.That(second.Exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(second.Error, Does.Contain("exists already").And.Contain("--force"));
        Assert.That(File.ReadAllText(path), Does.StartWith("digraph"));
        Assert.That(Graph("--format", "mermaid", "-o", path, "--force").Exit, Is.EqualTo(ExitCodes.Success));
        Assert.That(File.ReadAllText(path), Does.StartWith("flowchart"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "graph.dot" }));
    }

    [Test]
    public void The_page_shows_what_its_commands_print([Values("text", "mermaid")] string format)
    {
        string page = Page("docs/graph.md");
        string depth = format == "text" ? "3" : "2";

        string printed = Fresh("--depth", depth, "--width", "16", "--format", format).Output.ReplaceLineEndings("\n");

        Assert.That(page, Does.Contain(printed), "where only lines of the source have moved, take their numbers over");
    }

    [Test]
    public void The_page_on_steps_has_the_lines_of_source_that_the_graph_has()
    {
        string printed = Fresh("--depth", "3").Output.ReplaceLineEndings("\n");

        Assert.That(Places(Page("docs/inside.md")), Is.EquivalentTo(Places(printed)).And.Not.Empty);

        // Such as (L1Loss, TrainingLoss.cs:32), from "%5 = L1Loss(%4, father) …" and "%4 from %5, L1Loss backward …".
        static IEnumerable<(string Function, string Line)> Places(string text) =>
            Regex.Matches(text, @"(\w+)(?:\(.*\)| backward) .* (\w+\.cs:\d+)$", RegexOptions.Multiline)
                .Select(match => (match.Groups[1].Value, match.Groups[2].Value)).Distinct();
    }

    [TestCase("--format", "png")]
    [TestCase("-o", "graph.svg")]
    [TestCase("-o", "graph.png")]
    [TestCase("--depth", "0")]
    public void What_cannot_be_meant_exits_with_2(string option, string value)
    {
        CommandRun run = CommandRun.Of("graph", option, value);

        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Contain(value));
    }

    private static string Page(string path) => File.ReadAllText(Path.Combine(Documentation.Root, path)).ReplaceLineEndings("\n");

    private static CommandRun Graph(params string[] arguments) => CommandRun.Of(["graph", .. arguments, .. Small]);

    /// <summary>In a process that has just begun: in one that runs for long, .NET optimises calls away, and their lines with them.</summary>
    private static CommandRun Fresh(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var process = new ZssrProcess(folder.File("."), ProgramHome.Path, ["graph", .. arguments]);
        ProcessResult result = process.Wait();
        return new CommandRun(result.Exit, result.Output, result.Error);
    }

    private static IEnumerable<string> Functions(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("ops").EnumerateArray().Select(op => op.GetProperty("function").GetString()!);
}
