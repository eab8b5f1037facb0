using System.CommandLine;

namespace Zssr.App.Commands;

/// <summary>The program's commands.</summary>
internal static class RootCommands
{
    public static RootCommand Create() =>
        new("Zero-shot super-resolution: trains a small network on one image, then enlarges that image. "
            + "Runs on CUDA, OpenCL and the processor.")
        {
            UpscaleCommand.Create(),
            LearnCommand.Create(),
            PresetsCommand.Create(),
            GraphCommand.Create(),
            StepCommand.Create(),
            ExplainCommand.Create(),
            InspectCommand.Create(),
            ResizeCommand.Create(),
            DownscaleCommand.Create(),
            MetricsCommand.Create(),
            EvaluateCommand.Create(),
            ExportCommand.Create(),
            SampleCommand.Create(),
            BenchCommand.Create(),
            GradCheckCommand.Create(),
            KernelsCommand.Create(),
            DevicesCommand.Create(),
            SelfTestCommand.Create(),
            CommandLine.Verbose,
        };
}
