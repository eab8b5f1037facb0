using System.Text.Json;
using System.Text.RegularExpressions;
using Zssr.App.Images;
using Zssr.Tests.Docs;
using CommandLine = Zssr.App.Commands.CommandLine;

namespace Zssr.Tests.App;

/// <summary><c>zssr graph</c> as a user meets it.</summary>
[TestFixture]
[NonParallelizable] // the console is shared
public sealed class GraphCommandTests
{
    private static readonly string[] Small = ["--depth", "3", "--width", "8"];

    [Test]
    public void The_default_is_text_on_standard_output_the_same_each_time()
    {
        CommandRun first = Graph(), second = Graph();

        Assert.That(first.Exit, Is.EqualTo(CommandLine.Success), first.Error);
        Assert.That(first.Output, Does.Contain("= ConvolutionBlock(son, layers.0.weight; stride 1, padding 1, relu)").And.Contain("ConvBlock.cs:"));
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
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder.File("gray.png"), new Picture(11, 9, 1, new float[99]));

        string text = Graph(folder.File("gray.png"), "-p", "paper").Output;

        Assert.That(text, Does.Contain("[3, 3, 1, 8]"), "one channel in");
        Assert.That(text, Does.Contain("[3, 3, 8, 1]"), "and one out");
    }

    [Test]
    public void A_file_is_written_whole_and_only_replaced_when_asked()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("graph.dot");

        CommandRun first = Graph("--format", "dot", "-o", path), second = Graph("-o", path);

        Assert.That(first, Is.EqualTo(new CommandRun(CommandLine.Success, $"Wrote {path}.{Environment.NewLine}", "")));
        Assert.That(second.Exit, Is.EqualTo(CommandLine.Failure));
        Assert.That(second.Error, Does.Contain("exists already").And.Contain("--force"));
        Assert.That(File.ReadAllText(path), Does.StartWith("digraph"));
        Assert.That(Graph("--format", "mermaid", "-o", path, "--force").Exit, Is.EqualTo(CommandLine.Success));
        Assert.That(File.ReadAllText(path), Does.StartWith("flowchart"));
        Assert.That(folder.Names, Is.EqualTo(new[] { "graph.dot" }));
    }

    [Test]
    public void The_page_shows_what_its_commands_print([Values("text", "mermaid")] string format)
    {
        string page = WithoutLines(File.ReadAllText(Path.Combine(Documentation.Root, "docs/graph.md")));
        string depth = format == "text" ? "3" : "2";

        string printed = WithoutLines(CommandRun.Of("graph", "--depth", depth, "--width", "16", "--format", format).Output);

        Assert.That(page, Does.Contain(printed));

        // Lines move with every change of the source.
        static string WithoutLines(string text) => Regex.Replace(text.ReplaceLineEndings("\n"), @"(\w\.cs):\d+", "$1");
    }

    [TestCase("--format", "png")]
    [TestCase("-o", "graph.svg")]
    [TestCase("-o", "graph.png")]
    [TestCase("--depth", "0")]
    public void What_cannot_be_meant_exits_with_2(string option, string value)
    {
        CommandRun run = CommandRun.Of("graph", option, value);

        Assert.That(run.Exit, Is.EqualTo(CommandLine.WrongUsage));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Contain(value));
    }

    private static CommandRun Graph(params string[] arguments) => CommandRun.Of(["graph", .. arguments, .. Small]);

    private static IEnumerable<string> Functions(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("ops").EnumerateArray().Select(op => op.GetProperty("function").GetString()!);
}
