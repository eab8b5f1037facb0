using Zssr.App.Commands;
using Zssr.App.Files;

StandardStreams.Guard();
return CommandLine.Run(RootCommands.Create(), args);
