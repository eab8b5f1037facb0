using Microsoft.ML.OnnxRuntime;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.App;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Docs;

/// <summary>The C# code of the documentation compiles, runs, and does what the pages say.</summary>
[TestFixture]
public sealed class LibraryExampleTests
{
    private const int Height = 8, Width = 10;

    [Test]
    public void The_library_page_is_a_program_that_enlarges_trains_resumes_and_measures()
    {
        using var folder = new TemporaryFolder();
        (float[] Enlarged, byte[] Bytes, string Shapes, int Seen, bool Same, ImageQuality Quality, double LastLoss, bool Copied) results =
            ExampleProgram.Run<(float[], byte[], string, int, bool, ImageQuality, double, bool)>(
                Documentation.CSharp("docs/library.md"),
                "float[] pixels, float[] truth, int height, int width, string folder",
                [Scene(Height, Width), Scene(2 * Height, 2 * Width), Height, Width, folder.File("")],
                """
                (enlarged, bytes, $"{large.Shape} {stretched.Shape} {sharp.Shape} {doubled.Shape} {plain.Shape}", seen,
                    result.Output.ToArray().SequenceEqual(resumed.Output.ToArray()), quality, lastLoss,
                    copy.Parameters.Zip(network.Parameters).All(p => p.First.Value.ToArray().SequenceEqual(p.Second.Value.ToArray())))
                """);

        Assert.That(
            results.Shapes, Is.EqualTo("[1, 16, 20, 3] [1, 16, 15, 3] [1, 16, 15, 3] [1, 16, 20, 3] [1, 16, 20, 3]"),
            "doubled; stretched to twice the rows and 1.5 times the columns; the same with a kernel; step by step; plainly");
        Assert.That(results.Enlarged, Has.Length.EqualTo(2 * Height * 2 * Width * 3).And.All.InRange(0f, 1f));
        Assert.That(results.Bytes[100], Is.EqualTo(results.Enlarged[100] * 255).Within(0.5 + 1e-4));
        Assert.That(results.Seen, Is.EqualTo(60), "one pair an iteration, in two passes");
        Assert.That(results.Same, "a run that goes on from a checkpoint ends as one that was never stopped");
        Assert.That(results.Quality.Psnr, Is.GreaterThan(20), "the scene's smooth parts are easily enlarged");
        Assert.That(results.LastLoss, Is.InRange(0, 0.2));
        Assert.That(results.Copied, "weights that were saved and loaded are the same");
        Assert.That(folder.Names, Is.EqualTo((string[])["checkpoint.safetensors", "weights.safetensors"]));
    }

    [Test]
    public void The_taste_in_the_readme_prints_what_it_says()
    {
        CodeBlock taste = Documentation.CSharp("README.md").Single();
        string printed = ExampleProgram.Run<string>([taste], "", [], "w.Gradient!.ToString()");
        string said = taste.Text.Split("Console.WriteLine(w.Gradient);").Last().Trim(' ', '/', '…');
        Assert.That(printed, Does.StartWith(said).And.StartsWith("Variable: Tensor [3, 3, 3, 16] float32"));
    }

    [Test]
    public void The_autograd_page_takes_gradients()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor image = Tensor.From(device, [1, Height, Width, 3], Scene(Height, Width));
        using Tensor weights = RandomTensors.Normal(device, [3, 3, 3, 3], seed: 1);
        int[] shape = ExampleProgram.Run<int[]>(
            [Usings, Autograd("L1LossFunction")], "Tensor weights, Tensor image, Tensor target", [weights, image, image],
            "gradient.Shape.Sizes.ToArray()");
        Assert.That(shape, Is.EqualTo((int[])[3, 3, 3, 3]));
    }

    [Test]
    public void The_autograd_page_takes_second_derivatives()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor two = Tensor.Full(device, [1], 2);
        var given = new CodeBlock("test", 1, "using var tape = new Tape(); Variable x = tape.Watch(two); Variable y = x * x * x;");
        double second = ExampleProgram.Run<double>(
            [Usings, given, Autograd("createGraph: true")], "Tensor two", [two], "second.Value.Item()");
        Assert.That(second, Is.EqualTo(12), "d²/dx² x³ = 6x");
    }

    [Test]
    public void The_autograd_page_makes_and_checks_a_function()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        string report = ExampleProgram.Run<string>(
            [Usings, Autograd("class CubeFunction"), Autograd("GradCheck.Run")],
            "Device device", [device], "report.ToString()");
        Assert.That(report, Does.StartWith("gradients are right: 36 derivatives agree"));
    }

    /// <summary>x = 0.1 and a seed of 0.25: middle = 0.3, its gradient 0.6 + 0.25; with x = 2 it is clamped to 1.</summary>
    [TestCase(0.1, 0.85, 2.55)]
    [TestCase(2, 1, 3)]
    public void The_autograd_page_keeps_and_changes_gradients(double value, double kept, double watched)
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor number = Tensor.Full(device, [1], value), quarter = Tensor.Full(device, [1], 0.25);
        var given = new CodeBlock(
            "test", 1, "using var tape = new Tape(); Variable x = tape.Watch(number), seed = tape.Constant(quarter);");
        double[] found = ExampleProgram.Run<double[]>(
            [Usings, given, Autograd("KeepGradient()")], "Tensor number, Tensor quarter", [number, quarter],
            "new[] { middle.Gradient!.Value.Item(), x.Gradient!.Value.Item() }");
        Assert.That(found, Is.EqualTo(new[] { kept, watched }).Within(1e-6));
    }

    /// <summary>(x + y) · (x · y) at 3 and 5 has the slopes 15 + 8 · 5 and 15 + 8 · 3; tanh(x · w) at 0 has the slopes w and x.</summary>
    [Test]
    public void The_autograd_page_has_several_outputs_and_recomputes()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor three = Tensor.Full(device, [], 3), five = Tensor.Full(device, [], 5), zero = Tensor.Full(device, [], 0);
        var first = new CodeBlock(
            "test", 1,
            """
            using var tape = new Tape();
            Variable a = tape.Watch(three), b = tape.Watch(five);
            var both = SumAndProductFunction.Apply(a, b);
            tape.Backward(both[0] * both[1]);
            """);
        Assert.That(
            ExampleProgram.Run<double[]>(
                [Usings, first, Autograd("class SumAndProductFunction")], "Tensor three, Tensor five", [three, five],
                "new[] { a.Gradient!.Value.Item(), b.Gradient!.Value.Item() }"),
            Is.EqualTo(new[] { 55.0, 39.0 }));
        var given = new CodeBlock("test", 1, "using var tape = new Tape(); Variable x = tape.Watch(zero);");
        Assert.That(
            ExampleProgram.Run<double[]>(
                [Usings, given, Autograd("RecomputeFunction.Apply"), new CodeBlock("test", 1, "tape.Backward(y);")],
                "Tensor zero, Tensor weight", [zero, five],
                "new[] { x.Gradient!.Value.Item(), tape.Watch(weight).Gradient!.Value.Item() }"),
            Is.EqualTo(new[] { 5.0, 0.0 }));
    }

    [Test]
    public void The_autograd_page_works_along_axes()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor given = RandomTensors.Normal(device, [4, 2, 3], seed: 1), rows = RandomTensors.Normal(device, [5, 6], seed: 2);
        var variables = new CodeBlock(
            "test", 1, "using var tape = new Tape(); Variable x = tape.Watch(given), logits = tape.Watch(rows); int[] classes = [0, 5, 1, 2, 3];");
        string shapes = ExampleProgram.Run<string>(
            [Usings, variables, Autograd("OverAxes.Softmax")], "Tensor given, Tensor rows", [given, rows],
            "$\"{centred.Shape} {largest.Shape} {turned.Shape} {shares.Shape} {loss.Shape}\"");
        Assert.That(shapes, Is.EqualTo("[4, 2, 3] [4, 2] [3, 4, 2] [5, 6] []"));
    }

    [Test]
    public void The_engine_page_learns_to_read_digits()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        (float[] pixels, int[] digits) = DrawnDigits.Of(count: 500, seed: 1);
        (float[] others, int[] unseen) = DrawnDigits.Of(count: 100, seed: 2);
        using Tensor images = Tensor.From(device, [500, 12, 12, 1], pixels), test = Tensor.From(device, [100, 12, 12, 1], others);
        var judging = new CodeBlock(
            "test", 1,
            """
            using var judge = new Tape();
            using Tensor line = test.Reshape([100, 144]);
            float[] flat = Perceptron(judge.Constant(line)).Value.ToArray(), folded = Convolutional(judge.Constant(test)).Value.ToArray();
            """);
        (float[] Perceptron, float[] Convolutional) logits = ExampleProgram.Run<(float[], float[])>(
            [.. Documentation.CSharp("docs/engine.md"), judging], "Device device, Tensor images, int[] digits, Tensor test",
            [device, images, digits, test], "(flat, folded)");

        Assert.That(DrawnDigits.Right(logits.Perceptron, unseen), Is.GreaterThan(60), "of 100; guessing gets 10");
        Assert.That(DrawnDigits.Right(logits.Convolutional, unseen), Is.GreaterThan(80), "a convolution does not care where a digit stands");
    }

    [Test]
    public void The_graph_page_makes_and_writes_a_graph()
    {
        Device device = OpenDevices.Get(TestDevice.Cpu);
        using Tensor image = Tensor.From(device, [1, Height, Width, 3], Scene(Height, Width));
        using Tensor weights = RandomTensors.Normal(device, [3, 3, 3, 4], seed: 1);
        string text = ExampleProgram.Run<string>(
            Documentation.CSharp("docs/graph.md"), "Tensor weights, Tensor image", [weights, image], "GraphText.Of(graph)");
        Assert.That(text, Does.Contain("= Conv2d(image, weights; stride 1, padding 1)"));
        Assert.That(text, Does.Contain("Example.Run"), "the method: the example is compiled without debug symbols");
    }

    [Test]
    public void The_export_page_writes_a_network()
    {
        using var folder = new TemporaryFolder();
        var settings = ZssrPresets.Article with
        {
            Network = new NetworkSettings { Form = NetworkForm.BlockResiduals, Width = 4, Depth = 2 },
            Training = ZssrPresets.Article.Training with { Iterations = 2 },
        };
        using (Tensor image = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [1, Height, Width, 3], Scene(Height, Width)))
        using (FileStream file = File.Create(folder.File("checkpoint.safetensors")))
            new SuperResolver(settings).Run(image, new RunHooks { Checkpoint = state => state.Write(file) }).Dispose();

        ExampleProgram.Run<bool>(Documentation.CSharp("docs/export.md"), "string folder", [folder.File("")], "true");

        using var session = new InferenceSession(folder.File("net.onnx"));
        Assert.That(
            session.ModelMetadata.CustomMetadataMap, Is.SupersetOf(new Dictionary<string, string> { ["peak"] = "255", ["author"] = "you" }));
    }

    private static CodeBlock Usings { get; } = new("test", 1, "using Zssr.Autograd; using Zssr.Autograd.Checking; using Zssr.Tensors;");

    /// <summary>An image with slopes and an edge, the same picture at every size.</summary>
    private static float[] Scene(int height, int width)
    {
        float[] pixels = new float[height * width * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            float row = (i / 3 / width + 0.5f) / height, column = (i / 3 % width + 0.5f) / width;
            pixels[i] = (i % 3) switch { 0 => row, 1 => 0.5f + 0.4f * MathF.Sin(5 * column), _ => row + column < 1 ? 0.3f : 0.7f };
        }

        return pixels;
    }

    /// <summary>The block of the page on autograd that has a text in it.</summary>
    private static CodeBlock Autograd(string text) => Documentation.CSharpWith("docs/autograd.md", text);
}
