using System.CommandLine;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.App.Reports;
using Zssr.App.Runs;
using Zssr.Nn;
using Zssr.Nn.Tracing;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr step</c>: one training iteration with every value that it computes.</summary>
internal static class StepCommand
{
    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "The image to train on." };
        Option<int> at = NumberOption.Create(
            "--iteration", "Which iteration, counted from 0. The iterations before it are trained first.", 0, 1_000_000, 0);
        at.Aliases.Add("--at");
        var dump = new Option<string?>("--dump") { HelpName = "FILE", Description = "Also write all values to this .safetensors file." };
        Option<bool> force = ForceOption.Create("Replace that file if it exists.");
        var command = new Command(
            "step",
            "Do one training iteration and print every value in it: images, parameters, the result of each function, the gradients "
            + "that flow back, and the parameters after the optimizer's step; each with shape, least, largest, mean, norm and time.")
        {
            image, at, dump, force,
        };
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var settings = new SettingArguments(command);
        var device = new DeviceArguments(command, DeviceName.Cpu.ToString());
        command.SetAction(parsed =>
        {
            ZssrSettings chosen = settings.Read(parsed, hasKernel: false);
            int iteration = parsed.GetValue(at);
            ObservedIteration.Require(chosen, iteration, at.Name);
            string? path = parsed.GetValue(dump);
            if (path is not null)
            {
                FileSet.RequireOther(path, parsed.GetValue(image));
                AtomicFile.CheckWritable(path, parsed.GetValue(force));
            }

            Picture picture = TrainingPicture.Read(parsed.GetValue(image)!, parsed.GetValue(maxPixels));
            using Device open = device.Open(parsed);
            using Tensor input = picture.ToTensor(open);
            Print(chosen, input, iteration, path, at.Name);
        });
        return command;
    }

    private static void Print(ZssrSettings settings, Tensor input, int iteration, string? path, string option)
    {
        StepDump? dump = path is null ? null : new StepDump();
        var trace = new StepTrace(dump is null ? null : dump.Add);
        ObservedIteration.Run(settings, input, iteration, trace, option);
        Console.Write(StepText.Of(trace));
        if (dump is null)
            return;
        AtomicFile.Write(path!, stream => dump.Finish(trace, settings.Preset).Write(stream, withChecksum: true));
        Console.WriteLine($"\nWrote {trace.Values.Count} tensors to {path}.");
    }
}
