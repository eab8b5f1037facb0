using Zssr.App.Commands;

namespace Zssr.Tests.App;

/// <summary>One run of the program within the tests: what it printed and how it exited. The console is shared: no parallel tests.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error)
{
    /// <summary>Runs <c>zssr</c> with these arguments.</summary>
    public static CommandRun Of(params string[] arguments) => Of(() => CommandLine.Run(RootCommands.Create(), arguments));

    /// <summary>Runs a part of it, which gives the exit code.</summary>
    public static CommandRun Of(Func<int> command)
    {
        TextWriter output = Console.Out, error = Console.Error;
        using StringWriter newOutput = new(), newError = new();
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            int exit = command();
            return new CommandRun(exit, newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
