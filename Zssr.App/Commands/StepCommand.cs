using System.CommandLine;
using System.Globalization;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Reports;
using Zssr.Nn;
using Zssr.Nn.Inspection;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr step</c>: one training iteration with every value that it computes.</summary>
internal static class StepCommand
{
    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "The image to train on." };
        Option<int> at = NumberOption.Create("--at", "Which iteration, counted from 0. Those before it are trained first.", 0, 1_000_000, 0);
        var dump = new Option<string?>("--dump") { HelpName = "FILE", Description = "Write all values to this .safetensors file, too." };
        var force = new Option<bool>("--force", "-f") { Description = "Replace that file if it exists." };
        var command = new Command(
            "step",
            "Do one training iteration and print every value on the way: images, parameters, the result of each function, the gradients "
            + "that flow back, and the parameters after the optimizer's step; with shape, least, largest, mean, norm and time.")
        {
            image, at, dump, force,
        };
        var settings = new SettingArguments(command);
        var device = new DeviceArguments(command, DeviceName.Cpu.ToString());
        command.SetAction(parsed =>
        {
            ZssrSettings chosen = settings.Read(parsed, hasKernel: false);
            int iteration = parsed.GetValue(at);
            if (iteration >= chosen.Training.Iterations)
            {
                throw new UsageException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"--at {iteration}: {chosen.Preset} trains {chosen.Training.Iterations} iterations, 0 to {chosen.Training.Iterations - 1}. "
                    + $"Choose one of them, or more --iterations."));
            }

            string? path = parsed.GetValue(dump);
            if (path is not null)
                AtomicFile.CheckWritable(path, parsed.GetValue(force));
            Picture picture = Transparency.FillInvisible(ImageFile.Read(parsed.GetValue(image)!));
            using Device open = device.Open(parsed);
            using Tensor input = picture.ToTensor(open);
            Print(chosen, input, iteration, path);
        });
        return command;
    }

    private static void Print(ZssrSettings settings, Tensor input, int iteration, string? path)
    {
        StepDump? dump = path is null ? null : new StepDump();
        var trace = new StepTrace(dump is null ? null : dump.Add);
        RunUntil(settings, input, iteration, trace);
        Console.Write(StepText.Of(trace));
        if (dump is null)
            return;
        AtomicFile.Write(path!, stream => dump.Finish(trace, settings.Preset).Write(stream));
        Console.WriteLine($"\nWrote {trace.Values.Count} tensors to {path}.");
    }

    /// <summary>Trains up to the iteration, does it under the trace's eyes, and stops.</summary>
    /// <exception cref="UsageException">The training ended before.</exception>
    private static void RunUntil(ZssrSettings settings, Tensor input, int iteration, StepTrace trace)
    {
        using var stop = new CancellationTokenSource();
        int last = 0;
        var hooks = new RunHooks
        {
            // A run hears of its cancellation after the iteration that has begun.
            Observer = (stage, current) =>
            {
                last = current;
                if (stage == 0 && current < iteration)
                    return null;
                stop.Cancel();
                return stage == 0 ? trace : null;
            },
            Progress = new EndOfTraining(stop.Cancel),
        };
        try
        {
            using SuperResolution result = new SuperResolver(settings).Run(input, hooks, cancellation: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As it was asked to.
        }

        if (trace.Iteration < 0)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"--at {iteration}: this training ended by itself after iteration {last}. Choose an earlier one."));
        }
    }

    /// <summary>Once the image is enlarged, the training is over.</summary>
    private sealed class EndOfTraining(Action stop) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Phase == RunPhase.Enlarging)
                stop();
        }
    }
}
