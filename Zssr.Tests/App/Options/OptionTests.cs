using System.CommandLine;
using Zssr.App.Commands;
using Zssr.App.Errors;
using Zssr.App.Options;

namespace Zssr.Tests.App.Options;

/// <summary>What options take, and what is said of anything else.</summary>
[TestFixture]
public sealed class OptionTests
{
    private static readonly Command[] Commands = [.. WithCommandsOf(RootCommands.Create())];

    [TestCase("--mode takes full, projected or sampled; 'bogus' is not one of them.", "gradcheck", "relu", "--mode", "bogus")]
    [TestCase("--peak takes 1 or 255; '2' is neither.", "export", "run", "-o", "net.onnx", "--peak", "2")]
    [TestCase("--border takes symmetric or replicate; 'zero' is neither.", "resize", "a", "-o", "b", "-s", "2", "--border", "zero")]
    [TestCase("--net takes article or paper; 'q' is neither.", "bench", "step", "--net", "q")]
    [TestCase("--format takes text, dot, mermaid or json; 'svg' is not one of them.", "graph", "--format", "svg")]
    [TestCase("--type takes float32 or float64; 'half' is neither.", "kernels", "relu", "--type", "half")]
    [TestCase("--layer takes a whole number from 1 to 64; 'x' is not one.", "explain", "a", "--at", "0,0,0", "--layer", "x")]
    [TestCase("--threads takes a whole number from 1 to 1024; 'many' is not one.", "selftest", "--threads", "many")]
    [TestCase("--checkpoint-every takes a number from 0 to 86400; '-1' is not one.", "upscale", "a", "-o", "b", "--checkpoint-every", "-1")]
    [TestCase("--json takes no value; 'maybe' was given.", "upscale", "a.png", "-o", "b.png", "--json=maybe")]
    [TestCase("-f takes no value; 'no' was given.", "resize", "a.png", "-o", "b.png", "-s", "2", "-f:no")]
    [TestCase("--verbose takes no value; '2' was given.", "bench", "step", "--verbose=2")]
    public void What_an_option_does_not_take_is_told_in_one_line(string message, params string[] args)
    {
        CommandRun run = CommandRun.Of(args);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error.TrimEnd().Split('\n')[..^1], Is.EqualTo(new[] { $"zssr: {message}" }));
    }

    [Test]
    public void A_method_that_is_none_is_told_with_those_that_are()
    {
        CommandRun run = CommandRun.Of("resize", "a", "-o", "b", "-s", "2", "--border", "symmetric", "--method", "foo");
        Assert.That(run.Error, Does.StartWith("zssr: --method takes bicubic, "));
        Assert.That(run.Error, Does.Contain("or interpolate-bilinear; 'foo' is not one of them."));
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_choice_may_be_written_in_letters_of_any_size()
    {
        Assert.That(CommandRun.Of("gradcheck", "relu", "--mode", "Full").Output, Does.Contain("mode Full"));
        CommandRun both = CommandRun.Of("resize", "a", "-o", "b", "-s", "2", "--border", "Symmetric", "--method", "INTERPOLATE");
        Assert.That(both.Error, Does.Contain("does not go with interpolate"));
    }

    [Test]
    public void What_stands_after_two_dashes_is_no_option() =>
        Assert.That(CommandRun.Of("metrics", "--", "--json=maybe", "b.png").Error, Does.Contain("there is no file '--json=maybe'"));

    [TestCase("5/255", true)]
    [TestCase("5 / 255", true)]
    [TestCase("5/0", false)]
    [TestCase("0/0", false)]
    [TestCase("5/255/2", false)]
    [TestCase("/255", false)]
    [TestCase("300/255", false)]
    public void A_number_that_need_not_be_whole_may_be_a_fraction(string text, bool isRight)
    {
        Option<double> option = NumberOption.Create("--noise", "", 0, 1, 0.0);
        ParseResult parsed = new RootCommand { option }.Parse(["--noise", text]);
        Assert.That(parsed.Errors, isRight ? Is.Empty : Has.Count.EqualTo(1));
        if (isRight)
            Assert.That(parsed.GetValue(option), Is.EqualTo(5.0 / 255));
    }

    [Test]
    public void A_whole_number_is_no_fraction()
    {
        Option<int> option = NumberOption.Create("--size", "", 1, 9, 1);
        Assert.That(new RootCommand { option }.Parse(["--size", "4/2"]).Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void No_option_has_a_value_that_the_parser_would_read_by_itself()
    {
        IEnumerable<Option> own = Commands.SelectMany(command => command.Options).Where(IsOurs);
        Assert.That(
            own.Where(option => option.ValueType != typeof(string) && option.ValueType != typeof(bool)).Select(option => option.HelpName),
            Is.Not.Empty.And.All.AnyOf("NUMBER", "SECONDS", "SCALE", "HEIGHTxWIDTH"),
            "its errors would name types of .NET; see NumberOption and ChoiceOption");
    }

    [Test]
    public void What_is_to_be_filled_in_stands_in_capitals()
    {
        IEnumerable<string?> arguments = Commands.SelectMany(command => command.Arguments).Select(argument => argument.Name);
        IEnumerable<string?> values = Commands.SelectMany(command => command.Options)
            .Where(option => IsOurs(option) && option.ValueType != typeof(bool)).Select(option => option.HelpName ?? option.Name);
        Assert.That(arguments.Concat(values), Is.Not.Empty.And.All.Matches("^([A-Z][A-Z,]*|HEIGHTxWIDTH|sm_XX)$"));
    }

    private static bool IsOurs(Option option) => option is not (System.CommandLine.Help.HelpOption or VersionOption);

    private static IEnumerable<Command> WithCommandsOf(Command command) =>
        command.Subcommands.SelectMany(WithCommandsOf).Prepend(command);
}
