using Zssr.App.Images;

namespace Zssr.Tests.App.Jobs;

/// <summary>Many images in one command.</summary>
[TestFixture]
public sealed class UpscaleFolderTests : UpscaleFixture
{
    [Test]
    public void A_broken_file_is_named_and_the_rest_is_done()
    {
        MakeImage("in/a.png");
        File.WriteAllText(At("in/broken.png"), "not an image at all");
        MakeImage("in/c.bmp");
        File.WriteAllText(At("in/notes.txt"), "no image, and not asked for");
        ProcessResult result = Upscale("in", "-o", "out");
        Assert.That(result.Exit, Is.EqualTo(1));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2), result.Error);
        Assert.That(result.ErrorLines[0], Does.StartWith("zssr: in/broken.png is not an image"));
        Assert.That(result.ErrorLines[1], Is.EqualTo("zssr: 1 of 3 images failed: in/broken.png."));
        Assert.That(Directory.GetFiles(At("out")).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "a.png", "c.bmp" }));
        Assert.That(ImageFile.Read(At("out/c.bmp")).Width, Is.EqualTo(48));
        Assert.That(result.OutputLines, Has.Length.EqualTo(2));
    }

    [Test]
    public void Names_that_would_control_the_terminal_are_told_in_one_line_at_the_end_too()
    {
        MakeImage("a.png");
        ProcessResult result = Upscale("none\e[31m\n", "a.png", "-o", "out/");
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2), result.Error);
        Assert.That(result.ErrorLines[1], Is.EqualTo("zssr: 1 of 2 images failed: none [31m ."));
        Assert.That(result.Error, Does.Not.Contain('\e'));
    }

    [Test]
    public void Folders_in_a_folder_are_searched_with_recursive_only_and_keep_their_names()
    {
        MakeImage("in/a.png");
        MakeImage("in/deep/er/b.png", channels: 1);
        Assert.That(Upscale("in", "-o", "flat").Exit, Is.Zero);
        Assert.That(Upscale("in", "-o", "out", "--recursive").Exit, Is.Zero);
        Assert.That(Directory.GetFileSystemEntries(At("flat")).Select(Path.GetFileName), Is.EqualTo(new[] { "a.png" }));
        Assert.That(Exists("out/a.png") && Exists("out/deep/er/b.png"));
    }

    [Test]
    public void A_folder_is_searched_once_whatever_links_lead_to_it()
    {
        MakeImage("in/a.png");
        MakeImage("elsewhere/b.png");
        Directory.CreateSymbolicLink(At("in/again"), At("in"));
        Directory.CreateSymbolicLink(At("in/more"), At("elsewhere"));
        Directory.CreateSymbolicLink(At("in/once-more"), At("elsewhere"));
        ProcessResult result = Upscale("in", "-o", "out", "--recursive");
        Assert.That(result.OutputLines, Has.Length.EqualTo(2), result.Output + result.Error);
        Assert.That(Exists("out/a.png") && Exists("out/more/b.png"));
    }

    [TestCase("upscale in -o out --recursive", "in/locked")]
    [TestCase("upscale in/locked -o out", "in/locked")]
    [TestCase("evaluate in", "in/locked")]
    public void A_folder_that_may_not_be_searched_is_named(string command, string folder)
    {
        MakeImage("in/a.png");
        MakeImage("in/locked/b.png");
        ProcessResult result = Script(
            "set --; [ $(id -u) = 0 ] && set -- setpriv --bounding-set=-dac_override,-dac_read_search; "
            + $"chmod 0 in/locked; \"$@\" dotnet \"$ZSSR\" {command}; exit=$?; chmod 700 in/locked; exit $exit");
        Refused(result, 1, $"the folder {folder} may not be searched", "permissions");
        Assert.That(Exists("out"), Is.False);
    }

    [Test]
    public void Results_inside_the_folder_are_not_enlarged_again()
    {
        MakeImage("in/a.png");
        string[] args = ["in", "-o", "in/large", "--recursive", "--run-dir", "in/runs", "--force"];
        Assert.That(Upscale(args).Exit, Is.Zero);
        ProcessResult again = Upscale(args);
        Assert.That(again.OutputLines, Has.Length.EqualTo(1), again.Output);
        Assert.That(Directory.GetFileSystemEntries(At("in/large")).Select(Path.GetFileName), Is.EqualTo(new[] { "a.png" }));
    }

    [Test]
    public void Each_image_of_several_has_a_run_folder_and_a_ground_truth_of_its_own()
    {
        MakeImage("a.png");
        MakeImage("b.png", 16, 16);
        MakeImage("truth/a.png", 40, 48);
        MakeImage("truth/b.png", 32, 32);
        ProcessResult result = Upscale("a.png", "b.png", "-o", "out/", "--run-dir", "runs", "--ground-truth", "truth");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(Exists("runs/a.png/run.json") && Exists("runs/b.png/run.json"));
        Assert.That(result.OutputLines, Has.Length.EqualTo(2).And.All.Contains("PSNR").And.All.Contains("bicubic"));
    }

    [Test]
    public void Two_results_of_one_name_are_refused_before_either_is_made()
    {
        MakeImage("x/a.png");
        MakeImage("y/a.png");
        Refused(Upscale("x/a.png", "y/a.png", "-o", "out/"), 1, "out/a.png would overwrite");
        Assert.That(Directory.Exists(At("out")), Is.False);
    }

    [Test]
    public void Resuming_a_folder_does_only_what_is_missing()
    {
        MakeImage("in/a.png");
        MakeImage("in/b.png");
        Upscale("in", "-o", "out", "--run-dir", "runs");
        byte[] expected = Bytes("out/b.png");
        DateTime finished = File.GetLastWriteTimeUtc(At("out/a.png"));
        File.Delete(At("out/b.png"));
        ProcessResult result = Upscale("in", "-o", "out", "--run-dir", "runs", "--resume");
        Assert.That(result.Exit, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("out/a.png exists already"));
        Assert.That(File.GetLastWriteTimeUtc(At("out/a.png")), Is.EqualTo(finished));
        Assert.That(Bytes("out/b.png"), Is.EqualTo(expected));
    }
}
