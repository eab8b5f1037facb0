using Zssr.App.Commands;

return CommandLine.Run(RootCommands.Create(), args);
