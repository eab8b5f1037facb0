using System.Runtime.CompilerServices;
using Zssr.App.Commands;
using Zssr.App.Files;

// 1 is ExitCodes.Failure.
return OpenFileLimit.Suffices() ? Run(args) : 1;

// Apart, so that nothing of it is loaded before.
[MethodImpl(MethodImplOptions.NoInlining)]
static int Run(string[] args)
{
    StandardStreams.Guard();
    return CommandLine.Run(RootCommands.Create(), args);
}
