using Spectre.Console;
using Zssr.App.Commands;
using CommandLine = Zssr.App.Commands.CommandLine;

namespace Zssr.Tests.App;

/// <summary>The program as a user meets it: what it prints and how it exits.</summary>
[TestFixture]
[NonParallelizable] // the console is shared
public sealed class CommandLineTests
{
    [Test]
    public void Devices_lists_the_processor()
    {
        (int exit, string output, _) = Run("devices");
        Assert.That(exit, Is.EqualTo(CommandLine.Success));
        Assert.That(output, Does.Contain("cpu").And.Contain("float64"));
    }

    [Test]
    public void An_unknown_device_is_told_in_one_line_that_names_those_that_exist()
    {
        (int exit, _, string error) = Run("selftest", "--device", "gpu");
        Assert.That(exit, Is.EqualTo(CommandLine.Failure));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("'gpu'").And.Contain("cpu ("));
    }

    [TestCase("selftest", "--devise", "cpu")]
    [TestCase("selftest", "--threads", "0")]
    [TestCase("fly")]
    public void Wrong_usage_exits_with_2_and_points_to_help(params string[] args)
    {
        (int exit, _, string error) = Run(args);
        Assert.That(exit, Is.EqualTo(CommandLine.WrongUsage));
        Assert.That(error, Does.Contain("--help"));
    }

    [Test]
    public void Help_names_every_command()
    {
        (int exit, string output, _) = Run("--help");
        Assert.That(exit, Is.EqualTo(CommandLine.Success));
        Assert.That(output, Does.Contain("devices").And.Contain("selftest"));
    }

    private static (int Exit, string Output, string Error) Run(params string[] args)
    {
        TextWriter output = Console.Out, error = Console.Error;
        using StringWriter newOutput = new(), newError = new();
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(newOutput) });
            return (CommandLine.Run(RootCommands.Create(), args), newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
