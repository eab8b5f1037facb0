using System.CommandLine;
using Zssr.App.Commands;

var root = new RootCommand("Zero-shot super-resolution: trains a small network on one image, then enlarges that image. Runs on CUDA, OpenCL and the processor.")
{
    DevicesCommand.Create(),
    SelfTestCommand.Create(),
};
return CommandLine.Run(root, args);
