using System.CommandLine;
using Zssr.App.Commands;

namespace Zssr.Tests.App.Options;

/// <summary>Names that are none: each option and argument of each command says so in one line.</summary>
[TestFixture]
public sealed class NameValuesTests
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

    [Test]
    public void Much_wrong_usage_is_told_in_one_line_and_a_pointer_to_help()
    {
        CommandRun result = CommandRun.Of("resize", "a", "b", "c", "d", "e", "f", "--size", "many");
        Assert.That(result.Exit, Is.EqualTo(2));
        Assert.That(ErrorLines(result), Has.Length.EqualTo(2), result.Error);
        Assert.That(ErrorLines(result)[0], Does.Contain("more errors."));
        Assert.That(ErrorLines(result)[1], Is.EqualTo("Try: zssr resize --help"));
    }

    private static void Require(string[] args, string words)
    {
        CommandRun result = CommandRun.Of(args);
        Assert.That(result.Exit, Is.EqualTo(2), result.Error);
        Assert.That(ErrorLines(result), Has.Length.EqualTo(2), result.Error);
        Assert.That(ErrorLines(result)[0], Does.Contain(words));
        Assert.That(ErrorLines(result)[1], Does.StartWith("Try: zssr "));
    }

    private static string[] ErrorLines(CommandRun run) => run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(Command Command, string[] Path)> Commands(Command command, string[] path) =>
        command.Subcommands.SelectMany(inner => Commands(inner, [.. path, inner.Name]))
            .Concat(path.Length == 0 ? [] : [(command, path)]);
}
