using Zssr.App.Display;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.Nn;

namespace Zssr.Tests.App.Errors;

/// <summary>What is said of an error is a line, and nothing that a file or its name holds controls the terminal.</summary>
public sealed class UserErrorsTests
{
    private const string Hostile = "a\e[2J\e]0;title\ab\nc\u009B1m";

    private static readonly Exception[] Failures =
    [
        new FileException(Hostile, $"cannot write {Hostile}: the disk is full."),
        new CheckpointException($"checkpoint: '{Hostile}' is missing."),
        new SafetensorsException(Hostile),
        new BlurKernelException(Hostile),
        new SettingsException(Hostile),
        new InvalidOperationException(Hostile),
    ];

    // A test whose name had such characters would not be run, so its failure goes by number.
    [Test]
    public void A_message_holds_no_character_that_controls_a_terminal([Range(0, 5)] int number)
    {
        string message = UserErrors.Message(Failures[number]);
        Assert.That(message.Where(char.IsControl), Is.Empty);
        Assert.That(message, Does.Contain("a [2J ]0;title b c 1m"), "the rest stays");
    }

    [Platform("Linux", Reason = "names of files hold what they like there")]
    [TestCase("no")]
    [TestCase("hostile")]
    [TestCase("empty")]
    public void Nor_does_what_is_said_of_an_interruption(string kind)
    {
        using var folder = new TemporaryFolder();
        string? runFolder = kind switch { "no" => null, "hostile" => folder.File(Hostile), _ => folder.File("run") };
        if (kind == "hostile")
            File.WriteAllText(RunFolder.CheckpointIn(Directory.CreateDirectory(runFolder!).FullName), "");

        string line = ProgressText.Interrupted(new UpscaleJob(Hostile, Hostile, runFolder, null));

        Assert.That(line.Where(char.IsControl), Is.Empty);
        Assert.That(line, Does.StartWith("zssr: interrupted; ").And.Contain("a [2J ]0;title b c 1m"));
    }
}
