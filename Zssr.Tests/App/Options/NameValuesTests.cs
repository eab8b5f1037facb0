using System.CommandLine;
using Zssr.App.Commands;

namespace Zssr.Tests.App.Options;

/// <summary>Names that are none: each option and argument of each command says so in one line.</summary>
[TestFixture]
public sealed class NameValuesTests : UpscaleFixture
{
    private static readonly string[] FileWords = ["FILE", "OUT", "DIR", "FOLDER", "IMAGE", "KERNEL"];

    /// <summary>Every option of the program that takes a file or folder, as a command line.</summary>
    private static IEnumerable<string[]> Options() =>
        from command in Commands(RootCommands.Create(), [])
        from option in command.Command.Options
        where FileWords.Contains(option.HelpName)
        select (string[])[.. command.Path, option.Name];

    /// <summary>Every command that takes an argument.</summary>
    private static IEnumerable<string[]> Arguments() =>
        from command in Commands(RootCommands.Create(), []) where command.Command.Arguments.Count > 0 select command.Path;

    [TestCaseSource(nameof(Options))]
    public void An_empty_name_of_an_option_is_wrong_usage(params string[] args) => Require([.. args, ""], $"{args[^1]}: an empty name");

    [TestCaseSource(nameof(Options))]
    public void A_blank_is_no_name(params string[] args) => Require([.. args, " "], $"{args[^1]}: an empty name");

    [TestCaseSource(nameof(Arguments))]
    public void An_empty_argument_is_wrong_usage(params string[] args) => Require([.. args, ""], ": an empty name was given.");

    [Test]
    public void There_are_such_options() => Assert.That(Options().Count(), Is.GreaterThanOrEqualTo(14));

    [Test]
    public void An_empty_value_is_called_a_value() => Require(["bench", "ops", "--only", ""], "--only: an empty value");

    [TestCase("sample -o $'b\\xff.png'")]
    [TestCase("resize a.png -s 2 -o=$'b\\xff.png'")]
    [TestCase("upscale a.png -o $'b\\xff/'")]
    [TestCase("resize $'in\\xff.png' -s 2 -o c.png")]
    public void A_name_that_is_not_utf8_is_refused_and_nothing_is_written_under_another(string command)
    {
        MakeImage("a.png");
        ProcessResult result = Script($"cp a.png $'in\\xff.png'; zssr {command}; exit=$?; rm $'in\\xff.png'; exit $exit");
        Assert.That(result.Exit, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2), result.Error);
        Assert.That(result.Error, Does.Contain("not UTF-8").And.Not.Contain("unexpected"));
        Assert.That(Everything, Is.EqualTo(new[] { "a.png" }));
    }

    [Test]
    public void In_a_folder_a_name_that_is_not_utf8_is_named_and_the_others_are_read()
    {
        MakeImage("in/a.png");
        ProcessResult result = Script(
            $"cp in/a.png $'in/\\xff.png'; zssr upscale in -o out {string.Join(' ', Tiny)} --iterations 5; exit=$?; rm $'in/\\xff.png'; "
            + "exit $exit");
        Assert.That(result.Exit, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("not UTF-8"));
        Assert.That(Directory.GetFiles(At("out")), Is.EqualTo(new[] { At("out/a.png") }));
    }

    [Test]
    public void Much_wrong_usage_is_told_in_one_line_and_a_pointer_to_help()
    {
        ProcessResult result = Zssr("resize", "a", "b", "c", "d", "e", "f", "--size", "many");
        Assert.That(result.Exit, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2), result.Error);
        Assert.That(result.ErrorLines[0], Does.Contain("more errors."));
        Assert.That(result.ErrorLines[1], Is.EqualTo("Try: zssr resize --help"));
    }

    private void Require(string[] args, string words)
    {
        ProcessResult result = Zssr(args);
        Assert.That(result.Exit, Is.EqualTo(2), result.Error);
        Assert.That(result.ErrorLines, Has.Length.EqualTo(2), result.Error);
        Assert.That(result.ErrorLines[0], Does.Contain(words));
        Assert.That(result.ErrorLines[1], Does.StartWith("Try: zssr "));
    }

    private static IEnumerable<(Command Command, string[] Path)> Commands(Command command, string[] path) =>
        command.Subcommands.SelectMany(inner => Commands(inner, [.. path, inner.Name]))
            .Concat(path.Length == 0 ? [] : [(command, path)]);
}
