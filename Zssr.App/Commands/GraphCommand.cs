using System.CommandLine;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.Autograd.Graphs;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr graph</c>: what the tape records in one training step.</summary>
internal static class GraphCommand
{
    /// <summary>Rows and columns of the picture that stands in for the user's.</summary>
    private const int BlankSide = 64;

    private const string ToDraw =
        "Write --format dot -o graph.dot, and let Graphviz draw it: dot -Tsvg graph.dot -o graph.svg";

    public static Command Create()
    {
        var image = new Argument<string?>("IMAGE")
        {
            Description = $"The image to train on; a gray one of {BlankSide} x {BlankSide} pixels in colour by default.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> format = ChoiceOption.Create(
            "--format", "text, dot (for Graphviz), mermaid (for Markdown) or json.", "text", "text", "dot", "mermaid", "json");
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "OUT",
            Description = "Write to this file instead of standard output.",
        };
        Option<bool> force = ForceOption.Create();
        var command = new Command(
            "graph",
            "Show how the loss of a training step is computed: each function with its inputs, the shape of its result, the memory that it "
            + "keeps for the backward pass, and the line of the source that applied it. Nothing is trained.")
        {
            image,
            format,
            output,
            force,
        };
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var settings = new SettingArguments(command);
        var device = new DeviceArguments(command, DeviceName.Cpu.ToString());
        command.SetAction(parsed =>
        {
            ZssrSettings chosen = settings.Read(parsed, hasKernel: false);
            string? path = parsed.GetValue(output);
            if (path is not null)
                FileSet.RequireOther(path, parsed.GetValue(image));
            TextOutput.RequireWritable(path, parsed.GetValue(force), ToDraw);
            Picture picture = parsed.GetValue(image) is { } name ? TrainingPicture.Read(name, parsed.GetValue(maxPixels)) : Blank();

            using Device open = device.Open(parsed);
            using Tensor input = picture.ToTensor(open);
            TapeGraph graph = new SuperResolver(chosen).FirstStep(input);
            string text = parsed.GetValue(format) switch
            {
                "dot" => GraphDot.Of(graph),
                "mermaid" => GraphMermaid.Of(graph),
                "json" => GraphJson.Of(graph),
                _ => GraphText.Of(graph),
            };
            TextOutput.Write(text, path);
        });
        return command;
    }

    private static Picture Blank() => new(BlankSide, BlankSide, 3, [.. Enumerable.Repeat(0.5f, BlankSide * BlankSide * 3)]);
}
