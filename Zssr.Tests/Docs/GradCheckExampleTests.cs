using Zssr.Tests.Devices;

namespace Zssr.Tests.Docs;

/// <summary>The page on gradient checks does what it says.</summary>
[TestFixture]
public sealed class GradCheckExampleTests
{
    private static readonly CodeBlock Usings = new(
        "test", 1, "using Zssr.Autograd; using Zssr.Autograd.Checking; using Zssr.Tensors; using Zssr.Tests.Autograd.Checking;");

    private static IReadOnlyList<CodeBlock> Blocks => Documentation.CSharp("docs/gradcheck.md");

    [Test]
    public void The_first_check_prints_what_the_page_says()
    {
        string report = ExampleProgram.Run<string>(
            [Usings, Blocks[0]], "Device device", [OpenDevices.Get(TestDevice.Cpu)], "report.ToString()");
        string said = Blocks[0].Text.Split("Console.WriteLine(report);").Last().Trim(' ', '/', '…', '\n');
        Assert.That(report, Does.StartWith(said));
    }

    [Test]
    public void The_planted_mistake_is_reported_as_the_page_shows()
    {
        CodeBlock keepsReport =
            Blocks[2] with { Text = Blocks[2].Text.Replace("Console.WriteLine(", "var report = (", StringComparison.Ordinal) };
        string report = ExampleProgram.Run<string>(
            [Usings, Blocks[1], keepsReport],
            "Device device", [OpenDevices.Get(TestDevice.Cpu)], "report.ToString()");
        string page = File.ReadAllText(Path.Combine(Documentation.Root, "docs/gradcheck.md"));
        string[] lines = report.Split('\n');
        Assert.That(lines[0], Does.StartWith("gradients are WRONG: 4 of 16 derivatives are too far apart"));
        Assert.That(lines[1..6], Has.All.Matches<string?>(line => page.Contains(line!, StringComparison.Ordinal)), report);
    }

    [TestCaseSource(nameof(DevicesWithFloat64))]
    public void The_suite_of_a_users_own_functions_passes(TestDevice device)
    {
        string name = OpenDevices.Get(device).Name.ToString();
        var softplus = new CodeBlock(
            "test", 1,
            "using var suite = new SoftplusTests(name); suite.Gradients_are_right(); suite.Large_numbers_do_not_overflow(); int ran = 2;");
        Assert.That(ExampleProgram.Run<int>([Blocks[3], softplus], "string name", [name], "ran"), Is.EqualTo(2));
        var product = new CodeBlock("test", 1, "using var suite = new ScaledProductTests(name); suite.Gradients_are_right(); int ran = 1;");
        Assert.That(ExampleProgram.Run<int>([Blocks[4], product], "string name", [name], "ran"), Is.EqualTo(1));
    }

    [Test]
    public void The_suite_compiles_as_pasted_beside_the_copied_file_and_nothing_else()
    {
        CodeBlock copied = new(
            "Gradients.cs", 1, File.ReadAllText(Path.Combine(Documentation.Root, "Zssr.Tests/Autograd/Checking/Gradients.cs")));
        Assert.That(ExampleProgram.Problems([copied, Blocks[3], Blocks[4]], without: "Zssr.Tests"), Is.Empty);
    }

    [Test]
    public void The_helpers_for_derivatives_and_structures_do_what_the_page_says()
    {
        var given = new CodeBlock("test", 1, "using Zssr.Nn;");
        double[] numbers = ExampleProgram.Run<double[]>(
            [Usings, given, Blocks[5], Blocks[6]], "Device device", [OpenDevices.Get(TestDevice.Cpu)],
            "new double[] { hessian.ToDoubles()[4], numeric.ToDoubles()[0], ofLayers.Passed ? 1 : 0, ofNetwork.Passed ? 1 : 0 }");
        Assert.That(numbers[0], Is.EqualTo(6 * -1.5).Within(1e-12));
        Assert.That(numbers[1], Is.EqualTo(3 * 0.25).Within(1e-6));
        Assert.That(numbers[2..], Is.EqualTo(new double[] { 1, 1 }));
    }

    private static TestDevice[] DevicesWithFloat64() => [TestDevice.Cpu, TestDevice.Pocl];
}
