namespace Zssr.Tests.App.Commands;

/// <summary>What a command reads, and files that are no run's, are still there afterwards.</summary>
[TestFixture]
public sealed class UpscaleFilesTests : UpscaleFixture
{
    [SetUp]
    public void MakeInput() => MakeImage("a.png");

    [TestCase("output.png", "b.png")]
    [TestCase("pairs.png", "b.png")]
    [TestCase("comparison.png", "b.png")]
    public void A_run_folder_does_not_replace_the_input(string input, string output)
    {
        MakeImage(input);
        byte[] before = Bytes(input);
        foreach (string[] more in new string[][] { [], ["--force"], ["--resume"] })
            Refused(Upscale([input, "-o", output, "--run-dir", ".", .. more]), 1, input, "--run-dir");
        Assert.That(Bytes(input), Is.EqualTo(before));
        Assert.That(Everything, Is.EquivalentTo(new[] { "a.png", input }));
    }

    [Test]
    public void A_run_folder_does_not_replace_the_result_by_another_picture()
    {
        Refused(Upscale("a.png", "-o", "run/comparison.png", "--run-dir", "run"), 1, "run/comparison.png", "--run-dir");
        Assert.That(Everything, Is.EqualTo(new[] { "a.png" }));
    }

    [TestCase("pairs.png")]
    [TestCase("output.png")]
    [TestCase("loss.csv")]
    public void A_folder_with_others_files_of_such_names_is_no_run_folder_without_force(string name)
    {
        MakeImage("photos/x.png");
        File.Move(At("photos/x.png"), At("photos/" + name));
        Refused(Upscale("a.png", "-o", "b.png", "--run-dir", "photos"), 1, "photos/" + name, "--force");
        Refused(Upscale("a.png", "-o", "b.png", "--run-dir", "photos", "--resume"), 1, "photos/" + name, "--force");
        Assert.That(Upscale("a.png", "-o", "b.png", "--run-dir", "photos", "--force").Exit, Is.Zero);
    }

    [Test]
    public void Results_and_run_folders_of_several_images_need_different_places()
    {
        MakeImage("c.png");
        Refused(Upscale("a.png", "c.png", "-o", "out/", "--run-dir", "out"), 1, "out/a.png", "--run-dir");
        Refused(Upscale("a.png", "c.png", "-o", "out/", "--run-dir", "."), 1, "a.png", "--run-dir");
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "c.png" }));
    }

    [Test]
    public void The_ground_truth_is_not_written_over_even_with_force()
    {
        MakeImage("whole.png", 40, 48);
        byte[] before = Bytes("whole.png");
        Refused(Upscale("a.png", "-o", "whole.png", "--ground-truth", "whole.png", "--force"), 1, "whole.png", "ground truth");
        Assert.That(Bytes("whole.png"), Is.EqualTo(before));
    }

    [Test]
    public void The_output_may_be_the_runs_own_copy()
    {
        Assert.That(Upscale("a.png", "-o", "run/output.png", "--run-dir", "run").Exit, Is.Zero);
        Assert.That(Upscale("a.png", "-o", "run/output.png", "--run-dir", "run", "--resume").Error, Does.Contain("exists already"));
        Assert.That(Upscale("a.png", "-o", "run/output.png", "--run-dir", "run", "--force").Exit, Is.Zero);
    }
}
