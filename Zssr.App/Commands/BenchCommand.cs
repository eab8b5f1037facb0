using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Zssr.App.Benchmarks;
using Zssr.App.Options;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr bench</c>: how fast this computer is.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure how fast a device is.") { Step(), BenchOpsCommand.Create() };

    private static Command Step()
    {
        Option<string> net = ChoiceOption.Create(
            "--net", "article (residual blocks) or paper (global residual).", "article", "article", "paper");
        Option<int> size = NumberOption.Create("--size", "Rows and columns of the image.", 4, 4096, 128);
        Option<double> seconds = NumberOption.Create("--seconds", "How long to repeat the step.", 0.0, 3600.0, 10.0);
        var json = new Option<bool>("--json") { Description = "Print one JSON object, on one line." };
        var command = new Command(
            "step", "Time a training step (forward, L1 loss, backward, Adam) of the network with 8 layers and 64 channels, and its forward pass.")
        {
            net,
            size,
            seconds,
            json,
        };
        var device = new DeviceArguments(command, DeviceName.Cpu.ToString());
        command.SetAction(parsed =>
        {
            using Device open = device.Open(parsed);
            string name = parsed.GetValue(net)!;
            NetworkForm form = name == "article" ? NetworkForm.BlockResiduals : NetworkForm.GlobalResidual;
            int threads = open.Options.Threads > 0 ? open.Options.Threads : Environment.ProcessorCount;
            using var benchmark = new StepBenchmark(open, form, parsed.GetValue(size));
            (Timing forward, Timing step) = benchmark.Run(parsed.GetValue(seconds));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { peer = "zssr", device = open.Name.ToString(), threads, size = parsed.GetValue(size), net = name, forward, step }));
                return;
            }

            Console.WriteLine($"{open.Name}, {open.Info.Description}: network {name}, 1 x {parsed.GetValue(size)} x {parsed.GetValue(size)} x 3");
            Print("forward", forward);
            Print("step", step);
        });
        return command;
    }

    private static void Print(string what, Timing timing) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-8} median {timing.MedianMs,9:F2} ms   least {timing.MinMs,9:F2} ms   of {timing.Samples}"));
}
