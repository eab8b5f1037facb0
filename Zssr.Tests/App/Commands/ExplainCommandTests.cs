using Zssr.App.Errors;
using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr explain</c> as a user meets it.</summary>
[TestFixture]
public sealed class ExplainCommandTests
{
    [Test]
    public void A_corner_of_the_first_layer_shows_every_product_and_the_padding()
    {
        string output = Explain("--layer", "1", "--at", "0,0,1").Output;

        Assert.That(output, Does.StartWith("ACTIVATION 0,0,1 of layer 1 of 3, iteration 0: y = ReLU(Σ x · w)\n"));
        Assert.That(
            output.Split('\n').Count(line => line.Contains("outside", StringComparison.Ordinal)),
            Is.EqualTo(15),
            "5 of 9 taps, 3 channels");
        Assert.That(output, Does.Contain("sum of all 27 products").And.Not.Contain("other 7 products"));
        Assert.That(output, Does.Contain("the network computed").And.Contain("the backward pass gave"));
    }

    [Test]
    public void Of_many_products_the_largest_are_shown_and_the_others_summed()
    {
        string output = Explain("--layer", "2", "--at", "3,3,0", "-p", "article").Output;

        Assert.That(output, Does.Contain("y = ReLU(Σ x · w + bias) + the layer's input\n"));
        Assert.That(output, Does.Contain("the other 52 products").And.Contain("+ bias").And.Contain("+ the layer's input"));
        string all = Explain("--layer", "2", "--at", "3,3,0", "-p", "article", "--all").Output;
        Assert.That(all, Does.Not.Contain("the other").And.Contain("sum of all 72 products"));
    }

    [Test]
    public void Fused_and_composed_explain_the_same([Values("paper", "article")] string preset)
    {
        string[] arguments = ["--layer", "3", "--at", "4,5,2", "-p", preset, "--weight", "1,0,7,2"];

        string fused = Explain(arguments).Output, composed = Explain([.. arguments, "--no-fuse"]).Output;

        Assert.That(
            composed.Split('\n')[0],
            Is.EqualTo(fused.Split('\n')[0]).And.Contains(preset == "paper" ? "+ the network's input" : "+ bias"));
        Assert.That(composed, Does.Contain("GRADIENT of weight 1,0,7,2 of layer 3"));
        foreach (string what in new[] { "the network computed", "the backward pass gave" })
            Assert.That(Number(composed, what), Is.EqualTo(Number(fused, what)).Within(1e-4 * Math.Abs(Number(fused, what))), what);
    }

    [Test]
    public void What_the_network_computed_differs_by_rounding_only()
    {
        string output = Explain("--layer", "2", "--at", "3,3,0", "--iteration", "5").Output;

        Assert.That(output, Does.Contain("iteration 5:"));
        Assert.That(output.Split('\n').Where(line => line.Contains("difference", StringComparison.Ordinal))
            .Select(line => Math.Abs(Number(line, "difference"))), Has.Exactly(2).InRange(0, 1e-4));
    }

    [TestCase("--layer 4 --at 0,0,0", "--layer 4: the network has 3 layers, 1 to 3")]
    [TestCase("--layer 0 --at 0,0,0", "--layer takes a whole number from 1 to 64; '0' is not one")]
    [TestCase("--layer x --at 0,0,0", "--layer takes a whole number from 1 to 64; 'x' is not one")]
    [TestCase("--layer 2 --at 12,0,0", "row 12: layer 2 gives ")]
    [TestCase("--layer 2 --at 0,0,8", "8 channels (0 to 7)")]
    [TestCase("--layer 2 --at 0,0", "row, column, channel; '0,0' is not.")]
    [TestCase("--layer 2 --at 0,0,-1", "'0,0,-1' is not.")]
    [TestCase("--layer 2 --at 0,0,0 --weight 3,0,0,0", "0 to 2 by kernel row")]
    [TestCase("--layer 2 --at 0,0,0 --weight 1,1", "output channel; '1,1' is not.")]
    [TestCase("--layer 2 --at 0,0,0 --iteration 9 --iterations 9", "0 to 8")]
    public void What_is_not_there_exits_with_2_and_says_what_is(string arguments, string message)
    {
        CommandRun run = Run(arguments.Split(' '));

        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage), run.Error);
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Output, Is.Empty);
    }

    /// <summary>The first number after the words.</summary>
    private static double Number(string output, string words) => double.Parse(
        output[(output.IndexOf(words, StringComparison.Ordinal) + words.Length)..].Split('\n')[0].Trim(),
        System.Globalization.CultureInfo.InvariantCulture);

    private static CommandRun Explain(params string[] arguments)
    {
        CommandRun run = Run(arguments);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        return run;
    }

    private static CommandRun Run(string[] arguments)
    {
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder.File("image.png"), new Picture(12, 12, 3, [.. Nn.PlainImages.Drawing(12, 12).Pixels.Select(x => (float)x)]));
        return CommandRun.Of(["explain", folder.File("image.png"), .. arguments, "--depth", "3", "--width", "8"]);
    }
}
