using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.Tests.App.RunPages;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr inspect</c> as a user meets it.</summary>
[TestFixture]
public sealed class InspectCommandTests : FolderFixture
{
    [Test]
    public void A_page_is_written_and_only_replaced_when_asked()
    {
        string page = Path.Combine(At("page"), "index.html");

        CommandRun first = Inspect("--iterations", "3"), second = Inspect();
        CommandRun third = Inspect("--iterations", "3", "--force");

        Assert.That(first.Exit, Is.EqualTo(ExitCodes.Success), first.Error);
        Assert.That(first.Output, Does.StartWith($"Wrote {page}, "));
        Assert.That(File.ReadAllText(page), Does.Contain("3 iterations"));
        Assert.That((second.Exit, third.Exit), Is.EqualTo((ExitCodes.Failure, ExitCodes.Success)));
        Assert.That(second.Error, Does.Contain("exists already").And.Contain("--force"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "image.png", "page" }));
    }

    [Test]
    public void A_ground_truth_is_judged_and_must_have_the_results_size()
    {
        ImageFile.Write(At("truth.png"), new Picture(40, 48, 3, [.. Nn.PlainImages.Drawing(40, 48).Pixels.Select(x => (float)x)]));
        ImageFile.Write(At("small.png"), SmallInspection.Image);

        CommandRun right = Inspect("--iterations", "3", "--ground-truth", At("truth.png"));
        CommandRun wrong = Inspect("--iterations", "3", "--ground-truth", At("small.png"), "--force");

        Assert.That(right.Exit, Is.EqualTo(ExitCodes.Success), right.Error);
        Assert.That(
            File.ReadAllText(Path.Combine(At("page"), "index.html")),
            Does.Contain("PSNR, dB").And.Contain("<option>ground truth</option>"));
        Assert.That(wrong.Exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(wrong.Error, Does.Contain("48 x 40"));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(At("page"), "a file");
        CommandRun run = Inspect();
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(run.Error, Does.Contain("cannot make the folder").And.Contain("--output"));
    }

    [Test]
    public void A_training_that_the_run_does_not_have_is_refused_before_anything_is_done()
    {
        CommandRun run = Inspect("--passes", "2", "--training", "3");
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.Contain("--training 3").And.Contain("has 2"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "image.png" }));
    }

    [Test]
    public void A_run_that_trains_nothing_is_wrong_usage()
    {
        CommandRun run = Inspect("--iterations", "0");
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.StartWith("zssr: --iterations 0: without training"));
        Assert.That(NamesInFolder, Is.EqualTo(new[] { "image.png" }));
    }

    [Test]
    public void A_picture_that_is_not_there_leaves_no_folder()
    {
        CommandRun truth = Inspect("--ground-truth", At("none.png"));
        CommandRun image = CommandRun.Of("inspect", At("none.png"), "-o", At("page"));
        foreach (CommandRun run in new[] { truth, image })
        {
            Assert.That(run.Exit, Is.EqualTo(ExitCodes.Failure));
            Assert.That(run.Error, Does.Contain("there is no file"));
        }

        Assert.That(NamesInFolder, Is.EqualTo(new[] { "image.png" }));
    }

    [Test]
    public void A_kernel_is_read_as_upscale_reads_it()
    {
        CommandRun run = Inspect("--iterations", "3", "--passes", "2", "--training", "2", "--kernel", "gaussian:0.8");
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        Assert.That(
            File.ReadAllText(Path.Combine(At("page"), "index.html")),
            Does.Contain("The blur kernel").And.Contain("This is training 2"));
    }

    private CommandRun Inspect(params string[] arguments)
    {
        ImageFile.Write(At("image.png"), SmallInspection.Image);
        return CommandRun.Of(
            ["inspect", At("image.png"), "-o", At("page"), "--depth", "3", "--width", "8", "-p", "paper", .. arguments]);
    }
}
