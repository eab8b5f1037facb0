using StbImageSharp;
using Zssr.App.Commands;
using Zssr.App.Errors;
using Zssr.App.Samples;
using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.Tests.App.Commands;

/// <summary>The program as a user meets it: what it prints and how it exits.</summary>
[TestFixture]
public sealed class CommandLineTests
{
    [Test]
    public void Devices_lists_the_processor()
    {
        (int exit, string output, _) = CommandRun.Of("devices");
        Assert.That(exit, Is.EqualTo(ExitCodes.Success));
        Assert.That(output, Does.Contain("cpu").And.Contain("float64"));
    }

    [Test]
    public void An_unknown_device_is_told_in_one_line_that_names_those_that_exist()
    {
        (int exit, _, string error) = CommandRun.Of("selftest", "--device", "gpu");
        Assert.That(exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("'gpu'").And.Contain("cpu ("));
    }

    [TestCase("selftest", "--devise", "cpu")]
    [TestCase("selftest", "--threads", "0")]
    [TestCase("selftest", "--threads", "many")]
    [TestCase("sample")]
    [TestCase("sample", "-o", "x.png", "--size")]
    [TestCase("sample", "-o", "x.png", "--size", "256")]
    [TestCase("sample", "-o", "x.png", "--size", "-64x64")]
    [TestCase("sample", "-o", "x.png", "--size", "9999x64")]
    [TestCase("fly")]
    public void Wrong_usage_exits_with_2_and_points_to_help(params string[] args)
    {
        (int exit, _, string error) = CommandRun.Of(args);
        Assert.That(exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(error, Does.Contain("--help"));
    }

    [TestCase("zssr bench step --help", "bench", "step", "--sized", "8")]
    [TestCase("zssr bench ops --help", "bench", "ops", "--size", "many")]
    [TestCase("zssr bench --help", "bench", "walk")]
    [TestCase("zssr step --help", "step")]
    [TestCase("zssr --help", "fly")]
    public void Wrong_usage_points_to_the_help_of_that_very_command(string help, params string[] args) =>
        Assert.That(CommandRun.Of(args).Error.TrimEnd().Split('\n')[^1], Is.EqualTo($"Try: {help}"));

    [Test]
    public void A_command_of_a_command_has_not_the_notes_of_another_that_has_its_name()
    {
        Assert.That(CommandRun.Of("bench", "step", "--help").Output, Does.Contain("--seconds").And.Not.Contain("zssr step photo.png"));
        Assert.That(CommandRun.Of("step", "--help").Output, Does.Contain("zssr step photo.png"));
    }

    [TestCase("upscale", "--ESC[31mx")]
    [TestCase("metrics", "in.png", "in.png", "ESC[31mevilLFline")]
    [TestCase("ESC[31mCSI1m")]
    public void What_is_not_understood_cannot_control_the_terminal(params string[] args)
    {
        // A test whose name had such characters would not be run.
        string Hostile(string text) => text.Replace("ESC", "\e", StringComparison.Ordinal)
            .Replace("LF", "\n", StringComparison.Ordinal).Replace("CSI", "\u009b", StringComparison.Ordinal);
        string[] lines = CommandRun.Of([.. args.Select(Hostile)]).Error.TrimEnd('\n').Split('\n');
        Assert.That(string.Concat(lines).Where(char.IsControl), Is.Empty);
        Assert.That(lines[..^1], Is.Not.Empty.And.All.StartsWith("zssr: "));
        Assert.That(lines[^1], Does.StartWith("Try: "));
    }

    [Test]
    public void Help_names_every_command()
    {
        (int exit, string output, _) = CommandRun.Of("--help");
        Assert.That(exit, Is.EqualTo(ExitCodes.Success));
        Assert.That(output, Does.Contain("devices").And.Contain("selftest").And.Contain("sample"));
    }

    [Test]
    public void Sample_writes_a_picture_of_the_size_asked_for()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("sample.png");
        (int exit, string output, _) = CommandRun.Of("sample", "-o", path, "--size", "32x48");
        Assert.That(exit, Is.EqualTo(ExitCodes.Success));
        Assert.That(output, Does.Contain("32 rows, 48 columns"));
        ImageResult image = ImageResult.FromMemory(File.ReadAllBytes(path), ColorComponents.RedGreenBlue);
        Assert.That((image.Width, image.Height), Is.EqualTo((48, 32)));
        // Half a level, and a little: a value may lie in the middle of two but for its last bit.
        float[] written = Array.ConvertAll(image.Data, level => level / 255f);
        Assert.That(written, Is.EqualTo(SampleScene.Render(32, 48).Color).Within(0.501f / 255));
    }

    [Test]
    public void A_sample_that_cannot_be_written_is_told_with_its_path()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such-folder", "sample.png");
        (int exit, _, string error) = CommandRun.Of("sample", "-o", path, "--size", "16x16");
        Assert.That(exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(error, Does.Contain(path));
    }

    [Test]
    public void A_self_test_that_finds_a_wrong_result_exits_with_failure_and_names_the_op()
    {
        SelfTestResult[] results =
        [
            new("relu", 3, 1, [], TimeSpan.FromSeconds(0.5)),
            new("conv2d", 10, 2, ["conv2d, stride 2: element 3 of 8 is 7; 8 ± 1E-05 is right (float32)"], TimeSpan.FromSeconds(1)),
        ];
        (int exit, string output, _) = CommandRun.Of(() => SelfTestCommand.Report(DeviceName.Cpu, results));
        Assert.That(exit, Is.EqualTo(ExitCodes.Failure));
        Assert.That(output, Does.Contain("WRONG (1)").And.Contain("stride 2: element 3").And.Contain("1 of 16 checks failed"));
        Assert.That(CommandRun.Of(() => SelfTestCommand.Report(DeviceName.Cpu, results.Take(1))).Exit, Is.EqualTo(ExitCodes.Success));
    }

    [Test]
    public void A_device_that_cannot_be_used_is_listed_with_reason_and_cure()
    {
        DeviceInfo device = new(
            new DeviceName(DeviceKind.OpenCl, 0), "Old GPU", "Maker", "1.0", 1L << 30, SupportsFloat64: false, IsGpu: true,
            "it is too old", "Update the driver.");
        (_, string output, _) = CommandRun.Of(() => DevicesCommand.Run([device]));
        foreach (string part in new[] { "opencl:0", "Old GPU", "1.0 GiB", "it is too old. Update the driver." })
            Assert.That(output, Does.Contain(part));
        Assert.That(output, Does.Contain("no CUDA device").And.Contain("install"), "and why there is none of the other kind");
    }
}
