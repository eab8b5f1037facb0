using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Zssr.App.Benchmarks;
using Zssr.App.Options;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr bench ops</c>: how fast each operation is, and how near to what the device can do.</summary>
internal static class BenchOpsCommand
{
    public static Command Create()
    {
        Option<int> size = NumberOption.Create("--size", "Rows and columns of the images.", 4, 2048, 128);
        Option<double> seconds = NumberOption.Create("--seconds", "How long to repeat each operation.", 0.0, 600.0, 0.5);
        var only = new Option<string>("--only") { Description = "Only the operations whose names contain this text.", HelpName = "TEXT" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per operation, each on a line." };
        var command = new Command(
            "ops", "Time each operation, and compare it with the device's peak: multiply-adds and memory, measured in the same run.")
        {
            size,
            seconds,
            only,
            json,
        };
        var device = new DeviceArguments(command, DeviceName.Cpu.ToString());
        command.SetAction(parsed =>
        {
            using Device open = device.Open(parsed);
            DevicePeaks peaks = DevicePeaks.Measure(open);
            using var benchmarks = new OpBenchmarks(open, parsed.GetValue(size));
            if (!parsed.GetValue(json))
                PrintHead(open, peaks);
            string text = parsed.GetValue(only) ?? "";
            foreach (OpBenchmark op in benchmarks.All().Where(op => op.Name.Contains(text, StringComparison.OrdinalIgnoreCase)))
            {
                var figures = new OpFigures(op, op.Measure(open, parsed.GetValue(seconds)), peaks);
                Console.WriteLine(parsed.GetValue(json) ? Json(open, parsed.GetValue(size), figures, peaks) : Row(figures));
            }
        });
        return command;
    }

    private static void PrintHead(Device device, DevicePeaks peaks)
    {
        Console.WriteLine($"{device.Name}, {device.Info.Description}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"peak: {peaks.Gflops:F0} GFLOP/s of multiply-adds, {peaks.GigabytesPerSecond:F1} GB/s of memory"));
        Console.WriteLine($"{"",-32}{"median",11}{"least",11}{"",17}{"of peak",9}");
    }

    private static string Row(OpFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{figures.Op.Name,-32}{figures.Timing.MedianMs,8:F3} ms{figures.Timing.MinMs,8:F3} ms{figures.Rate,9:F1} {figures.Unit,-7}{figures.ShareOfPeak,9:P0}");

    private static string Json(Device device, int size, OpFigures figures, DevicePeaks peaks) => JsonSerializer.Serialize(new
    {
        device = device.Name.ToString(),
        size,
        op = figures.Op.Name,
        median_ms = figures.Timing.MedianMs,
        min_ms = figures.Timing.MinMs,
        samples = figures.Timing.Samples,
        rate = Math.Round(figures.Rate, 2),
        unit = figures.Unit,
        share_of_peak = Math.Round(figures.ShareOfPeak, 4),
        peak_gflops = Math.Round(peaks.Gflops, 1),
        peak_gbytes_per_second = Math.Round(peaks.GigabytesPerSecond, 2),
    });
}
