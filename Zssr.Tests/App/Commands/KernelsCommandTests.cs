using System.Text.Json;
using System.Text.RegularExpressions;
using Zssr.App.Errors;
using Zssr.App.KernelPages;
using Zssr.Tensors.KernelSources;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr kernels</c> as a user meets it.</summary>
[TestFixture]
public sealed partial class KernelsCommandTests
{
    [Test]
    public void Without_a_name_all_kernels_are_listed_below_their_classes()
    {
        string[] lines = Lines("kernels");
        foreach (var kernels in KernelCatalogue.All().GroupBy(kernel => kernel.Method.DeclaringType!.Name))
        {
            int head = Array.FindIndex(lines, line => line.StartsWith(kernels.Key + ": ", StringComparison.Ordinal));
            Assert.That(head, Is.Not.Negative, kernels.Key);
            string[] below = [.. lines.Skip(head + 1).TakeWhile(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0])];
            Assert.That(below, Is.EqualTo(kernels.Select(kernel => kernel.Method.Name).Distinct()));
        }

        Assert.That(lines, Has.Member("  Map          y[i] = TOp(x[i])."));
    }

    [Test]
    public void On_a_terminal_a_kernel_is_a_line_however_narrow_it_is()
    {
        KernelIndex index = KernelIndex.Instance;
        string[] wide = [.. KernelListing.Lines(index.Entries, width: null)], narrow = [.. KernelListing.Lines(index.Entries, 60)];
        Assert.That(narrow, Has.Length.EqualTo(wide.Length));
        Assert.That(narrow.Select(line => line.Length), Is.All.LessThan(60));
        Assert.That(narrow.Zip(wide), Has.All.Matches<(string Narrow, string Wide)>(pair =>
            pair.Narrow == pair.Wide || (pair.Narrow.EndsWith('…') && pair.Wide.StartsWith(pair.Narrow[..^1], StringComparison.Ordinal))));
    }

    [Test]
    public void On_a_terminal_no_line_of_a_kernel_is_wider_than_it()
    {
        KernelIndex index = KernelIndex.Instance;
        KernelEntry entry = index.Find("WinogradKernels.Multiply")[0];
        var page = new KernelPage(index, entry, GeneratedCode.ForCuda(entry.Kernel, "sm_80"), new GpuNeeds(null, new string('x', 300)));
        foreach (int width in new[] { 60, 80, 160, 200 })
            Assert.That(page.Lines(width).Select(line => line.Length), Is.All.LessThan(width));
        Assert.That(page.Lines(200), Has.Some.Match("int groups = .* │ "));
    }

    [TestCase("relu")]
    [TestCase("ElementwiseKernels.Map<float, Relu>")]
    [TestCase("map<relu>")]
    [TestCase("Elementwise.Relu")]
    public void An_op_by_any_of_its_names_is_shown_in_both_languages(string name)
    {
        CommandRun run = CommandRun.Of("kernels", name, "--cuda", "sm_70");
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        foreach (string part in new[]
        {
            "ElementwiseKernels.Map<float, Relu>: y[i] = TOp(x[i]).", "launched by Elementwise.Relu", "y[i] = TOp.Apply(x[i]);",
            "Zssr.Tensor/Elementwise/ElementwiseKernels.cs, line ", "Zssr.Tensor/Elementwise/UnaryOps.cs, line ", "struct Relu : IUnaryOp",
            "PTX for sm_70", ".entry Kernel_Map",
        })
        {
            Assert.That(run.Output, Does.Contain(part));
        }
    }

    [TestCase("numeric-downscale's gradient", "NumericDownscaleKernels.Adjoint<float>")]
    [TestCase("leaky relu", "ElementwiseKernels.MapScalar<float, LeakyRelu>")]
    [TestCase("resize", "ResizeKernels.Gather<float>")]
    [TestCase("TILED-conv2d", "TiledConv2dKernels.Forward<float>")]
    [TestCase("widen", "TensorKernels.Widen")]
    [TestCase("sgd", "UpdateKernels.Sgd<float>")]
    public void Case_blanks_and_hyphens_do_not_matter(string name, string kernel) =>
        Assert.That(Lines("kernels", name, "--device", "cpu")[0], Does.StartWith(kernel + ": "));

    [Test]
    public void Types_and_ops_can_be_chosen()
    {
        string[] lines = Lines("kernels", "map", "--type", "float64", "--generic", "sqrt", "--cuda", "sm_80");
        Assert.That(lines[0], Does.StartWith("ElementwiseKernels.Map<double, Sqrt>: "));
        Assert.That(lines, Has.Some.Contains("sqrt.rn.f64"));
    }

    [Test]
    public void A_name_of_several_kernels_lists_them_and_says_how_to_name_one()
    {
        string[] lines = Lines("kernels", "conv2d");
        Assert.That(lines, Has.Some.StartsWith("NaiveConv2dKernels: ").And.Some.StartsWith("WinogradKernels: "));
        Assert.That(lines, Has.None.StartsWith("ReductionKernels: "));
        Assert.That(
            lines[^1],
            Is.EqualTo("'conv2d' matches several kernels. Show one of them, such as: zssr kernels NaiveConv2dKernels.Forward"));
        Assert.That(Lines("kernels", "max"), Has.Some.StartsWith("  Zip<Maximum> ").And.Some.StartsWith("  Fold<MaxReduction>"));
    }

    [Test]
    public void What_follows_such_as_is_a_command_that_works()
    {
        string command = Lines("kernels", "add")[^1].Split("zssr kernels ")[1];
        CommandRun run = CommandRun.Of(["kernels", .. command.Split(' '), "--device", "cpu"]);
        Assert.That((run.Exit, run.Output.Split('(')[0]), Is.EqualTo((0, "ElementwiseKernels.MapScalar<float, AddScalar>: y[i] = TOp")));
    }

    [Test]
    public void An_unknown_name_is_told_with_the_nearest_in_one_line()
    {
        CommandRun run = CommandRun.Of("kernels", "conv3d");
        Assert.That((run.Exit, run.Output), Is.EqualTo((ExitCodes.WrongUsage, "")));
        Assert.That(run.Error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(run.Error, Does.Contain("'conv3d'").And.Contain("nearest names: conv2d,").And.Contain("`zssr kernels`"));
    }

    [TestCase("leave --generic Relu out", "kernels", "adam", "--generic", "Relu")]
    [TestCase("no op 'cosh'. --generic takes one of: Abs, Exp,", "kernels", "map", "--generic", "cosh")]
    [TestCase("leave --type out", "kernels", "widen", "--type", "float64")]
    [TestCase("float32", "kernels", "map", "--type", "half")]
    [TestCase("--cuda takes one of sm_50,", "kernels", "relu", "--cuda", "sm_81")]
    [TestCase("not both", "kernels", "relu", "--cuda", "sm_80", "--device", "cpu")]
    [TestCase("name it", "kernels", "-o", "x.ptx")]
    [TestCase("'conv2d' matches several: ", "kernels", "conv2d", "-o", "x.ptx")]
    [TestCase("no code is generated", "kernels", "relu", "--device", "cpu", "-o", "x.ptx")]
    public void What_cannot_be_meant_is_wrong_usage(string told, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage), run.Output);
        Assert.That(run.Error, Does.Contain(told));
    }

    [TestCase("opencl:99", "opencl:99")]
    [TestCase("gpu", "'gpu'")]
    public void A_device_that_is_not_there_is_told_with_a_way_out(string device, string told)
    {
        CommandRun run = CommandRun.Of("kernels", "relu", "--device", device);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(run.Error, Does.Contain(told).And.Contain("--cuda sm_80"));
    }

    [Test]
    public void On_the_processor_nothing_is_generated_and_the_SIMD_code_is_named()
    {
        string[] lines = Lines("kernels", "relu", "--device", "cpu");
        Assert.That(lines, Has.Some.Contains("runs the compiled C# (IL) itself").And.Some.Contains("MapWork"));
        Assert.That(lines, Has.None.Contains("PTX").And.None.Contains("OpenCL"));
    }

    [Test]
    public void The_output_is_the_code_alone_and_never_replaces_a_file_unasked()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("relu.ptx");
        string[] arguments = ["kernels", "relu", "--cuda", "sm_80", "-o", path];

        CommandRun first = CommandRun.Of(arguments), again = CommandRun.Of(arguments), forced = CommandRun.Of([.. arguments, "--force"]);

        Assert.That((first.Exit, again.Exit, forced.Exit), Is.EqualTo((ExitCodes.Success, ExitCodes.Failure, ExitCodes.Success)));
        Assert.That(first.Output, Does.StartWith($"Wrote {path}: PTX of ElementwiseKernels.Map<float, Relu> for sm_80."));
        Assert.That(again.Error, Does.Contain("--force"));
        KernelInstance relu = KernelCatalogue.All().Single(kernel => kernel.Name == "ElementwiseKernels.Map<float, Relu>");
        string expected = GeneratedCode.ForCuda(relu, "sm_80").Text;
        Assert.That(WithoutNumbers(File.ReadAllText(path)), Is.EqualTo(WithoutNumbers(expected)));
        Assert.That(folder.Names, Is.EqualTo(new[] { "relu.ptx" }));
    }

    [Test]
    public void For_programs_it_is_an_object_a_line()
    {
        JsonElement[] all = [.. Lines("kernels", "--json").Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(
            all.Select(line => line.GetProperty("kernel").GetString()),
            Is.EquivalentTo(KernelCatalogue.All().Select(kernel => kernel.Definition).Distinct()));

        JsonElement one = JsonDocument.Parse(Lines("kernels", "relu", "--cuda", "sm_80", "--json").Single()).RootElement;
        Assert.That(one.GetProperty("kernel").GetString(), Is.EqualTo("ElementwiseKernels.Map<float, Relu>"));
        Assert.That(one.GetProperty("source").GetString(), Does.Contain("TOp.Apply(x[i])"));
        Assert.That(one.GetProperty("code").GetString(), Does.Contain(".entry"));
    }

    /// <summary>ILGPU numbers names in the order of all that it has compiled so far.</summary>
    private static string WithoutNumbers(string code) => Numbers().Replace(code, "#");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();

    private static string[] Lines(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        return run.Output.TrimEnd().Split(Environment.NewLine);
    }
}
