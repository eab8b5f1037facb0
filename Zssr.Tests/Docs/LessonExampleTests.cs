using System.Text.RegularExpressions;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Docs;

/// <summary>The code in the lessons compiles and does what they say.</summary>
[TestFixture]
public sealed class LessonExampleTests
{
    private static readonly CodeBlock Usings = new("test", 1, "using ILGPU; using Zssr.Autograd; using Zssr.Tensors;");

    private static Device Device => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void Lesson_1_makes_a_tensor()
    {
        string shape = ExampleProgram.Run<string>(
            [Usings, .. Documentation.CSharp("docs/lessons/01-tensor.md")], "Device device", [Device], "picture.Shape.ToString()");
        Assert.That(shape, Is.EqualTo("[2, 3, 3]"));
    }

    [Test]
    public void Lesson_2_starts_a_kernel()
    {
        IReadOnlyList<CodeBlock> blocks = Documentation.CSharp("docs/lessons/02-kernel.md");
        CodeBlock launch = blocks[1] with
        {
            Text = blocks[1].Text.Replace("return call.Result(y);", "using Tensor result = call.Result(y);", StringComparison.Ordinal),
        };
        using Tensor x = Tensor.From(Device, [4], [1f, 2, 3, -4]);
        float[] doubled = ExampleProgram.Run<float[]>(
            [Usings, blocks[0], launch], "Tensor x", [x], "result.ToArray()");
        Assert.That(doubled, Is.EqualTo(new[] { 2, 4, 6, -8 }));
    }

    [Test]
    public void Lesson_3_squares()
    {
        using Tensor x = Tensor.From(Device, [2], [3.0, -2]);
        double[] gradient = ExampleProgram.Run<double[]>(
            [
                Usings, .. Documentation.CSharp("docs/lessons/03-autograd.md"),
                new CodeBlock("test", 1, "using var tape = new Tape(); tape.Backward(SumFunction.Apply(MySquareFunction.Apply(tape.Watch(x))));"),
            ],
            "Tensor x", [x], "tape.Watch(x).Gradient!.Value.ToDoubles()");
        Assert.That(gradient, Is.EqualTo(new[] { 6.0, -4 }));
    }

    [Test]
    public void Lesson_3_has_softsign_as_a_formula_of_variables()
    {
        const string Page = "docs/lessons/03-autograd.md";
        string formula = Regex.Match(File.ReadAllText(Path.Combine(Documentation.Root, Page)), "`y = ([^`]+)`").Groups[1].Value;
        using Tensor value = Tensor.From(Device, [2], [1.0, -3]);
        double[] gradient = ExampleProgram.Run<double[]>(
            [
                Usings,
                new CodeBlock(Page, 1, $"using var tape = new Tape(); Variable x = tape.Watch(value); Variable y = {formula};"),
                new CodeBlock("test", 1, "tape.Backward(SumFunction.Apply(y));"),
            ],
            "Tensor value", [value], "x.Gradient!.Value.ToDoubles()");
        Assert.That(gradient, Is.EqualTo(new[] { 1.0 / 4, 1.0 / 16 }), "1 / (1 + |x|)²");
    }
}
