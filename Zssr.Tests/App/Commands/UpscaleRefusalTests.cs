using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary>What cannot be done is told in one line, with the exit code 2 where the command cannot be meant and 1 otherwise.</summary>
[TestFixture]
public sealed class UpscaleRefusalTests : UpscaleFixture
{
    [SetUp]
    public void MakeInput() => MakeImage("a.png");

    [TestCase("--resume needs --run-dir", "--resume")]
    [TestCase("--seed: '-1'", "--seed", "-1")]
    [TestCase("--scale: 'two' is not a scale", "--scale", "two")]
    [TestCase("--scale: '2,two' was given; 'two' is not a scale", "--scale", "2,two")]
    [TestCase("from 1 to 8", "-s", "9")]
    [TestCase("1 was asked for", "-s", "1")]
    [TestCase("there is no 'bset'", "--preset", "bset")]
    [TestCase("ensemble: 5", "--ensemble", "5")]
    [TestCase("--loss: 'l3'", "--loss", "l3")]
    [TestCase("sigma must be a number", "--kernel", "gaussian:wide")]
    public void Values_that_cannot_be_meant_are_wrong_usage(string message, params string[] args)
    {
        Refused(Upscale(["a.png", "-o", "b.png", .. args]), 2, message);
        Assert.That(Everything, Is.EqualTo(new[] { "a.png" }));
    }

    [TestCase("a.png", "-o", "")]
    [TestCase("", "-o", "b.png")]
    [TestCase("a.png", "-o", "b.png", "--run-dir", "")]
    [TestCase("a.png", "-o", "b.png", "--kernel", "")]
    [TestCase("a.png", "-o", "b.png", "--ground-truth", " ")]
    public void An_empty_name_is_wrong_usage(params string[] args)
    {
        ProcessResult result = Upscale(args);
        Assert.That(result.Exit, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("an empty name was given").And.Contain("--help"));
    }

    [TestCase("a.png")]
    [TestCase("a.png", "-o", "b.png", "--checkpoint-every", "soon")]
    [TestCase("a.png", "-o", "b.png", "--checkpoint-every", "-1")]
    [TestCase("a.png", "-o", "b.png", "--sped", "1")]
    public void A_command_line_that_is_not_understood_points_to_help(params string[] args)
    {
        ProcessResult result = Upscale(args);
        Assert.That(result.Exit, Is.EqualTo(2));
        Assert.That(result.ErrorLines[^1], Is.EqualTo("Try: zssr upscale --help"));
        Assert.That(result.ErrorLines, Has.Length.LessThanOrEqualTo(3));
    }

    [TestCase("b.gif", ".gif")]
    [TestCase("folder", "add a /")]
    public void An_unknown_extension_is_refused_before_training(string output, string message)
    {
        Refused(Upscale("a.png", "-o", output, "--run-dir", "run"), 2, output, message, ".png");
        Assert.That(Everything, Is.EqualTo(new[] { "a.png" }));
    }

    [Test]
    public void Several_images_need_a_folder()
    {
        MakeImage("c.png");
        Refused(Upscale("a.png", "c.png", "-o", "b.png"), 2, "b.png", "folder");
        Refused(Upscale("a.png", "c.png", "-o", "out/", "--ground-truth", "a.png"), 2, "--ground-truth a.png", "folder");
    }

    [Test]
    public void A_missing_input_is_named() =>
        Refused(Upscale("none.png", "-o", "b.png"), 1, "there is no file 'none.png'");

    [Test]
    public void An_input_that_is_no_image_is_named()
    {
        File.WriteAllText(At("text.png"), "This is no image, whatever its name says.");
        Refused(Upscale("text.png", "-o", "b.png"), 1, "text.png is not an image");
    }

    [Test]
    public void An_image_too_small_to_learn_from_is_named()
    {
        MakeImage("tiny.png", 3, 9);
        Refused(Upscale("tiny.png", "-o", "b.png"), 1, "tiny.png is 9 x 3 pixels");
    }

    [Test]
    public void A_result_too_large_for_memory_is_refused_before_training() =>
        Refused(Upscale("a.png", "-o", "b.png", "-s", "8,8,8,8"), 1, "a.png", "81920 x 98304 pixels", "Give a smaller scale");

    [Test]
    public void A_folder_without_images_is_named()
    {
        Directory.CreateDirectory(At("empty"));
        Refused(Upscale("empty", "-o", "out"), 1, "empty holds no image");
    }

    [Test]
    public void An_output_is_not_written_over_the_input()
    {
        byte[] before = Bytes("a.png");
        Refused(Upscale("a.png", "-o", "a.png", "--force"), 1, "a.png would overwrite");
        Assert.That(Bytes("a.png"), Is.EqualTo(before));
    }

    [Test]
    public void A_ground_truth_of_another_size_is_refused_with_both_sizes() =>
        Refused(Upscale("a.png", "-o", "b.png", "--ground-truth", "a.png"), 1, "ground truth a.png is 24 x 20", "48 x 40");

    [Test]
    public void A_missing_ground_truth_is_named() =>
        Refused(Upscale("a.png", "-o", "b.png", "--ground-truth", "none.png"), 1, "a.png", "there is no file 'none.png'");

    [Test]
    public void A_missing_kernel_is_named() =>
        Refused(Upscale("a.png", "-o", "b.png", "--kernel", "none.txt"), 1, "cannot read the blur kernel none.txt");

    [TestCase("upscale a.png -o b.png --kernel pipe", "cannot read the blur kernel pipe", "a pipe")]
    [TestCase("upscale a.png -o b.png --kernel pipe.mat", "cannot read the blur kernel pipe.mat", "a pipe")]
    [TestCase("upscale a.png -o b.png --kernel .", "cannot read the blur kernel .", "a folder")]
    [TestCase("export pipe -o n.onnx", "cannot read a network from pipe", "a pipe")]
    public void A_pipe_is_not_waited_for(string command, params string[] words) =>
        Refused(Script($"mkfifo pipe pipe.mat; exec_zssr {command}"), 1, words);

    [Test]
    public void A_kernel_as_an_image_has_the_limit_of_images()
    {
        MakeImage("k.png", 9, 9, channels: 1);
        Refused(Upscale("a.png", "-o", "b.png", "--kernel", "k.png", "--max-pixels", "80"), 1, "k.png", "--max-pixels");
    }

    [Test]
    public void A_name_that_begins_with_an_at_sign_is_a_name()
    {
        MakeImage("@a.png");
        File.WriteAllText(At("b.png"), "--force");
        Refused(Upscale("@a.png", "-o", "b.png"), 1, "b.png");
        Assert.That(Upscale("@a.png", "-o", "@c.png").Exit, Is.Zero);
        Assert.That(Exists("@c.png"));
    }

    [Test]
    public void A_kernel_that_is_none_is_named_with_its_line()
    {
        File.WriteAllText(At("kernel.txt"), "1 2 1\n2 four 2\n");
        Refused(Upscale("a.png", "-o", "b.png", "--kernel", "kernel.txt"), 1, "kernel.txt", "line 2", "four");
    }

    [Test]
    public void A_run_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(At("file"), "");
        Refused(Upscale("a.png", "-o", "b.png", "--run-dir", "file/run"), 1, "cannot make the run folder file/run");
        Assert.That(Exists("b.png"), Is.False);
    }

    [Test]
    public void An_output_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(At("file"), "");
        Refused(Upscale("a.png", "-o", "file/b.png"), 1, "cannot make the folder file");
    }

    [Test]
    public void Verbose_adds_the_trace()
    {
        ProcessResult result = Upscale("none.png", "-o", "b.png", "--verbose");
        Assert.That(result.ErrorLines[0], Does.StartWith("zssr: there is no file 'none.png'"));
        Assert.That(result.Error, Does.Contain(nameof(ImageFileException)).And.Contain("   at Zssr.App."));
    }
}
