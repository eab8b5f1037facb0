using System.Runtime.CompilerServices;
using Zssr.App.Commands;
using Zssr.App.Errors;
using Zssr.App.Files;

return OpenFileLimit.Suffices() ? Run(args) : ExitCodes.Failure;

// Apart, so that nothing of it is loaded before.
[MethodImpl(MethodImplOptions.NoInlining)]
static int Run(string[] args)
{
    StandardStreams.Guard();
    return CommandLine.Run(RootCommands.Create(), args);
}
