using System.CommandLine;
using System.Text;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.Autograd.Graphs;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr graph</c>: what the tape records in one training step.</summary>
internal static class GraphCommand
{
    /// <summary>Rows and columns of the picture that stands in for the user's.</summary>
    private const int BlankSide = 64;

    public static Command Create()
    {
        var image = new Argument<string?>("IMAGE")
        {
            Description = $"The image to train on; a gray one of {BlankSide} x {BlankSide} pixels in colour unless given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> format = new Option<string>("--format")
        {
            Description = "text, dot (for Graphviz), mermaid (for Markdown) or json.",
            HelpName = "name",
            DefaultValueFactory = _ => "text",
        }.AcceptOnlyFromAmong("text", "dot", "mermaid", "json");
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "OUT",
            Description = "Write to this file, and not to standard output.",
        };
        var force = new Option<bool>("--force", "-f") { Description = "Replace the output if it exists." };
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
            {
                RealPath.RequireOther(path, parsed.GetValue(image));
                RequireWritable(path, parsed.GetValue(force));
            }

            Picture picture = parsed.GetValue(image) is { } name
                ? Transparency.FillInvisible(ImageFile.Read(name, parsed.GetValue(maxPixels))) : Blank();

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
            Leave(text, path);
        });
        return command;
    }

    private static Picture Blank() => new(BlankSide, BlankSide, 3, [.. Enumerable.Repeat(0.5f, BlankSide * BlankSide * 3)]);

    /// <exception cref="UsageException">The file has the name of a picture.</exception>
    /// <exception cref="FileException">It exists (and no --force), or cannot be written.</exception>
    private static void RequireWritable(string output, bool force)
    {
        if (ImageFile.HasImageName(output) || Path.GetExtension(output).ToUpperInvariant() is ".SVG" or ".PDF")
        {
            throw new UsageException(
                $"--output {output}: a text is written, and this is the name of a picture. Write --format dot -o graph.dot, and let Graphviz "
                + "draw it: dot -Tsvg graph.dot -o graph.svg");
        }

        AtomicFile.CheckWritable(output, force);
    }

    private static void Leave(string text, string? output)
    {
        if (output is null)
        {
            Console.Write(text);
            return;
        }

        AtomicFile.Write(output, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        Console.WriteLine($"Wrote {output}.");
    }
}
