using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.Nn;
using Zssr.Tests.References;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr step</c> as a user meets it.</summary>
[TestFixture]
public sealed class StepCommandTests : FolderFixture
{
    [Test]
    public void Every_part_of_the_iteration_is_printed()
    {
        CommandRun run = Step("--iteration", "2");

        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        Assert.That(run.Output, Does.StartWith("iteration 2, learning rate 0.001, on cpu, float32\n"));
        foreach (string title in new[] { "GIVEN", "FORWARD", "BACKWARD", "GRADIENTS", "AFTER the optimizer's step" })
            Assert.That(run.Output, Does.Contain(title));
        Assert.That(run.Output, Does.Contain("%1 = Conv2dBlock(son, layers.0.weight)").And.Contain("layers.0.weight from %1"));
        Assert.That(Step("--no-fuse").Output, Does.Contain("%2 = Relu(%1)"));
    }

    [Test]
    public void The_dump_holds_the_values_under_their_names()
    {
        string path = At("step.safetensors");

        CommandRun run = Step("--at", "1", "--dump", path);

        SafetensorsFile file = Read(path);
        Assert.That(run.Output, Does.Contain($"tensors to {path}."));
        Assert.That((file.Metadata["iteration"], file.Metadata["preset"]), Is.EqualTo(("1", "paper")));
        Assert.That(file.Names, Is.SupersetOf(new[]
        {
            "given.son", "given.father", "given.layers.0.weight", "forward.001.Conv2dBlock",
            "gradient.layers.1.weight", "updated.layers.1.weight",
        }));
        float[] before = file.Floats("given.layers.1.weight"), after = file.Floats("updated.layers.1.weight");
        float[] gradient = file.Floats("gradient.layers.1.weight");
        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(
            Distances.Largest(after, before),
            Is.LessThan(2e-3),
            "Adam's steps are about as large as the rate");
        Assert.That(gradient, Has.Some.Not.Zero);
    }

    [Test]
    public void A_dump_goes_on_where_the_iteration_before_ended()
    {
        Step("--at", "0", "--dump", At("first.safetensors"));
        Step("--at", "1", "--dump", At("second.safetensors"));

        Assert.That(
            Read(At("second.safetensors")).Floats("given.layers.0.weight"),
            Is.EqualTo(Read(At("first.safetensors")).Floats("updated.layers.0.weight")));
    }

    [Test]
    public void A_file_that_exists_is_only_replaced_when_asked()
    {
        string path = At("step.safetensors");
        File.WriteAllText(path, "mine");

        CommandRun refused = Step("--dump", path);

        Assert.That(refused.Exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(refused.Error, Does.Contain("--force"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("mine"));
        Assert.That(Step("--dump", path, "--force").Exit, Is.EqualTo(ExitCodes.Success));
    }

    [TestCase("9")]
    [TestCase("-1")]
    [TestCase("many")]
    public void An_iteration_that_is_not_there_exits_with_2(string at)
    {
        CommandRun run = Step("--at", at, "--iterations", "9");

        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, at == "9" ? Does.Contain("trains 9 iterations, 0 to 8") : Does.Contain($"'{at}'"));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Where_nothing_is_trained_there_is_no_iteration()
    {
        CommandRun run = Step("--iterations", "0");

        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.Contain("--iterations 0 nothing is trained").And.Not.Contain("-1"));
    }

    private static SafetensorsFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return SafetensorsFile.Read(stream);
    }

    private CommandRun Step(params string[] arguments)
    {
        ImageFile.Write(At("image.png"), new Picture(12, 12, 3, [.. Nn.PlainImages.Drawing(12, 12).Pixels.Select(x => (float)x)]));
        return CommandRun.Of(["step", At("image.png"), .. arguments, "-p", "paper", "--depth", "2", "--width", "4"]);
    }
}
