using System.CommandLine;
using System.Globalization;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Options;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Nn.Onnx;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr export</c>: a trained network for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL")
        {
            Description = "The folder of a run (upscale --run-dir), its checkpoint, or a .safetensors file of parameters.",
        };
        var output = new Option<string>("--output", "-o") { HelpName = "OUT", Description = "The file to write: net.onnx.", Required = true };
        Option<string?> peak = ChoiceOption.CreateOptional(
            "--peak", "The value of white that the network was trained with, 1 or 255; needed only for parameters without a checkpoint.",
            "1", "255");
        peak.HelpName = "NUMBER";
        Option<bool> force = ForceOption.Create();
        var command = new Command(
            "export",
            "Write a trained network as an ONNX file, which ONNX Runtime and others run. It is only the network: interpolate before it.")
        {
            model,
            output,
            peak,
            force,
        };
        command.SetAction(parsed =>
        {
            string source = NetworkFile.Find(parsed.GetValue(model)!), path = parsed.GetValue(output)!;
            FileSet.RequireOther(path, source);
            AtomicFile.CheckWritable(path, parsed.GetValue(force));
            using Device device = Device.Open(DeviceName.Cpu);
            using StoredNetwork stored = NetworkFile.Read(device, source);
            double white = PeakOf(stored, source, parsed.GetValue(peak));
            AtomicFile.Write(path, stream => OnnxExport.Write(stream, stored.Network, white, Metadata(stored.Settings)));
            Console.WriteLine($"Wrote {path}: {Describe(stored.Network)}, values 0 to {white}{Progress(stored)}.");
        });
        return command;
    }

    /// <exception cref="UsageException">It is not known, or another one was given.</exception>
    private static double PeakOf(StoredNetwork stored, string source, string? given)
    {
        double? asked = given is null ? null : double.Parse(given, CultureInfo.InvariantCulture);
        if (stored.Settings is not { } settings)
        {
            return asked ?? throw new UsageException(
                $"{source} holds only parameters, which do not say with which value of white they were trained. Give --peak 1 or "
                + "--peak 255 (of the presets, article has 255, all others 1), or name a run's checkpoint.");
        }

        return asked is null || asked == settings.Peak
            ? settings.Peak
            : throw new UsageException($"--peak {given} was given, but {source} was trained with {settings.Peak}. Leave --peak out.");
    }

    /// <summary>What a program has to know to do before and after the network what the run did.</summary>
    private static (string, string)[] Metadata(ZssrSettings? settings) => settings is null ? [] :
    [
        ("preset", settings.Preset), ("scale", string.Join(',', settings.Scales)), ("rescaling", settings.Rescaling.ToString()),
        .. settings.KernelPlacement is { } placement ? new[] { ("kernelPlacement", placement.ToString()) } : [],
    ];

    private static string Describe(ZssrNetwork network) => string.Create(
        CultureInfo.InvariantCulture,
        $"{network.Settings.Form}{(network.Enlargement == WholeScale.One ? "" : $" x{network.Enlargement}")}, "
        + $"{network.Settings.Depth} layers, width {network.Settings.Width}, "
        + $"{network.Channels} channel{(network.Channels == 1 ? "" : "s")}");

    /// <summary>How far the training had come: a run that was stopped is exported as it is.</summary>
    private static string Progress(StoredNetwork stored)
    {
        if (stored.Checkpoint is not { } checkpoint || stored.Settings is not { } settings)
            return "";
        int trainings = settings.TrainsEachScale ? ScaleSchedule.Of(settings).Count : 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"; training {checkpoint.Stage + 1} of {trainings}, {checkpoint.OptimizerSteps} of at most {settings.Training.Iterations} iterations");
    }
}
