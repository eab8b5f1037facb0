using Zssr.App.Images;
using CommandLine = Zssr.App.Commands.CommandLine;

namespace Zssr.Tests.App.Inspect;

/// <summary><c>zssr inspect</c> as a user meets it.</summary>
[TestFixture]
[NonParallelizable] // the console is shared
public sealed class InspectCommandTests
{
    [Test]
    public void A_page_is_written_and_only_replaced_when_asked()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.File("page"), "index.html");

        CommandRun first = Inspect(folder, "--iterations", "3"), second = Inspect(folder);
        CommandRun third = Inspect(folder, "--iterations", "3", "--force");

        Assert.That(first.Exit, Is.EqualTo(CommandLine.Success), first.Error);
        Assert.That(first.Output, Does.StartWith($"Wrote {page}, "));
        Assert.That(File.ReadAllText(page), Does.Contain("3 iterations"));
        Assert.That((second.Exit, third.Exit), Is.EqualTo((CommandLine.Failure, CommandLine.Success)));
        Assert.That(second.Error, Does.Contain("exists already").And.Contain("--force"));
        Assert.That(folder.Names, Is.EqualTo(new[] { "image.png", "page" }));
    }

    [Test]
    public void A_ground_truth_is_judged_and_must_have_the_results_size()
    {
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder.File("truth.png"), new Picture(40, 48, 3, [.. Nn.PlainImages.Drawing(40, 48).Pixels.Select(x => (float)x)]));
        ImageFile.Write(folder.File("small.png"), SmallInspection.Image);

        CommandRun right = Inspect(folder, "--iterations", "3", "--ground-truth", folder.File("truth.png"));
        CommandRun wrong = Inspect(folder, "--iterations", "3", "--ground-truth", folder.File("small.png"), "--force");

        Assert.That(right.Exit, Is.EqualTo(CommandLine.Success), right.Error);
        Assert.That(
            File.ReadAllText(Path.Combine(folder.File("page"), "index.html")),
            Does.Contain("PSNR, dB").And.Contain("<option>ground truth</option>"));
        Assert.That(wrong.Exit, Is.EqualTo(CommandLine.Failure));
        Assert.That(wrong.Error, Does.Contain("48 x 40"));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_told()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("page"), "a file");
        CommandRun run = Inspect(folder);
        Assert.That(run.Exit, Is.EqualTo(CommandLine.Failure));
        Assert.That(run.Error, Does.Contain("cannot make the folder").And.Contain("--output"));
    }

    [Test]
    public void A_training_that_the_run_does_not_have_is_refused_before_anything_is_done()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = Inspect(folder, "--passes", "2", "--training", "3");
        Assert.That(run.Exit, Is.EqualTo(CommandLine.WrongUsage));
        Assert.That(run.Error, Does.Contain("--training 3").And.Contain("has 2"));
        Assert.That(folder.Names, Is.EqualTo(new[] { "image.png" }));
    }

    [Test]
    public void A_run_that_trains_nothing_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = Inspect(folder, "--iterations", "0");
        Assert.That(run.Exit, Is.EqualTo(CommandLine.WrongUsage));
        Assert.That(run.Error, Does.StartWith("zssr: --iterations 0: without training"));
        Assert.That(folder.Names, Is.EqualTo(new[] { "image.png" }));
    }

    [Test]
    public void A_picture_that_is_not_there_leaves_no_folder()
    {
        using var folder = new TemporaryFolder();
        CommandRun truth = Inspect(folder, "--ground-truth", folder.File("none.png"));
        CommandRun image = CommandRun.Of("inspect", folder.File("none.png"), "-o", folder.File("page"));
        foreach (CommandRun run in new[] { truth, image })
        {
            Assert.That(run.Exit, Is.EqualTo(CommandLine.Failure));
            Assert.That(run.Error, Does.Contain("there is no file"));
        }

        Assert.That(folder.Names, Is.EqualTo(new[] { "image.png" }));
    }

    [Test]
    public void A_kernel_is_read_as_upscale_reads_it()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = Inspect(folder, "--iterations", "3", "--passes", "2", "--training", "2", "--kernel", "gaussian:0.8");
        Assert.That(run.Exit, Is.EqualTo(CommandLine.Success), run.Error);
        Assert.That(
            File.ReadAllText(Path.Combine(folder.File("page"), "index.html")),
            Does.Contain("The blur kernel").And.Contain("This is training 2"));
    }

    private static CommandRun Inspect(TemporaryFolder folder, params string[] arguments)
    {
        ImageFile.Write(folder.File("image.png"), SmallInspection.Image);
        return CommandRun.Of(
            ["inspect", folder.File("image.png"), "-o", folder.File("page"), "--depth", "3", "--width", "8", "-p", "paper", .. arguments]);
    }
}
