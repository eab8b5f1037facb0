using System.CommandLine;
using System.CommandLine.Parsing;
using Zssr.App.Display;
using Zssr.App.Errors;
using Zssr.App.Jobs;
using Zssr.App.Options;
using Zssr.App.Records;
using Zssr.App.Runs;
using Zssr.Autograd.Verification;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr upscale</c>: trains on images and enlarges them.</summary>
internal static class UpscaleCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Images (PNG, JPEG, BMP, TGA, TIFF), or folders of images.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "OUT",
            Description = "Where the result goes: a file for one image, otherwise a folder. The extension of a file gives its format.",
            Required = true,
        };
        var recursive = new Option<bool>("--recursive", "-r") { Description = "Also search the subfolders of folders." };
        var kernel = new Option<string?>("--kernel")
        {
            HelpName = "KERNEL",
            Description = "The blur of the camera: a .mat file, an image, a text with rows of numbers, or gaussian:SIGMA. "
                + "Some values of presets change, and the scale is reached in one jump.",
        };
        var groundTruth = new Option<string?>("--ground-truth")
        {
            HelpName = "IMAGE",
            Description = "The true large image (or a folder of them): PSNR and SSIM are shown, next to those of bicubic enlargement.",
        };
        var runFolder = new Option<string?>("--run-dir")
        {
            HelpName = "FOLDER",
            Description = "Write there: the output, run.json, checkpoint.safetensors, loss.csv, loss.svg, pairs.png, comparison.png.",
        };
        var resume = new Option<bool>("--resume") { Description = "Continue from the checkpoint in --run-dir; skip what is finished." };
        Option<bool> force = ForceOption.Create("Replace existing results.");
        Option<double> checkpointEvery = NumberOption.Create(
            "--checkpoint-every", "Seconds from one checkpoint in --run-dir to the next.", 0, 86400,
            new RunHooks().CheckpointInterval.TotalSeconds);
        checkpointEvery.HelpName = "SECONDS";
        Option<int?> tile = TileOption.Create();
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line on standard output, and nothing else." };

        var command = new Command("upscale", "Train a small network on each image, and enlarge the image with it.");
        command.Add(inputs);
        command.Add(output);
        var settings = new SettingArguments(command);
        foreach (Option option in new Option[] { kernel, recursive, groundTruth, runFolder, resume, checkpointEvery, tile, force, json })
            command.Add(option);
        var writing = new WritingArguments(command);
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var device = new DeviceArguments(command, DeviceSelector.Auto);
        RefuseUnknownOptions(inputs);

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(resume) && parsed.GetValue(runFolder) is null)
                throw new UsageException("--resume needs --run-dir, the folder of the run to continue.");
            string? kernelName = parsed.GetValue(kernel), runs = parsed.GetValue(runFolder);
            ZssrSettings chosen = settings.Read(parsed, hasKernel: kernelName is not null);
            (BlurKernel, string)? blur = kernelName is null ? null : (KernelFile.Read(kernelName, parsed.GetValue(maxPixels)), kernelName);
            var list = new JobList(
                parsed.GetValue(output)!, parsed.GetValue(recursive), runs, parsed.GetValue(groundTruth),
                KernelFile.IsFormula(kernelName) ? null : kernelName);
            IReadOnlyList<UpscaleJob> jobs = list.Of(parsed.GetValue(inputs)!);
            using var interruption = new Interruption(GoOn);
            using RunLock? held = runs is null ? null : RunLock.Take(runs);
            if (!parsed.GetValue(force) && !parsed.GetValue(resume))
                ExistingResults.RequireNone(jobs);
            if (!parsed.GetValue(force))
                ExistingResults.RequireOwnRunFolders(jobs);
            PlannedFiles.RequireWritable(jobs);

            using Device open = device.Open(parsed);
            var display = RunDisplay.Choose(parsed.GetValue(json));
            bool mayFallBack = DeviceSelector.IsAuto(device.Name(parsed)) && open.Name != DeviceName.Cpu;
            var options = new RunnerOptions
            {
                Resume = parsed.GetValue(resume),
                Force = parsed.GetValue(force),
                Kept = [.. jobs.SelectMany(job => new[] { job.Input, job.Output, job.GroundTruth }).Append(kernelName).OfType<string>()],
                Verbose = parsed.GetValue(CommandLine.Verbose),
                CheckpointInterval = TimeSpan.FromSeconds(parsed.GetValue(checkpointEvery)),
                MaxPixels = parsed.GetValue(maxPixels),
                TileSide = parsed.GetValue(tile),
                Writing = writing.Of(parsed),
                KeepsCheckpoint = mayFallBack,
                SuggestsPhoto = settings.AreDefault(parsed),
            };
            JobRunner RunnerOn(Device one) => new(one, chosen, blur, display, options, interruption.Token);
            using var runner = new DeviceFallback(open, mayFallBack ? () => device.OpenProcessor(parsed) : null, RunnerOn, display);
            var queue = new JobQueue(jobs, runner.Run, display, options);
            try
            {
                display.While(jobs.Count, queue.Run);
                return queue.Summary.Failed.Count > 0 ? ExitCodes.Failure : ExitCodes.Success;
            }
            catch (OperationCanceledException)
            {
                return interruption.ExitCode;
            }
        });
        return command;
    }

    private const string GoOn = "With --run-dir, the same command with --resume continues from the last checkpoint.";

    /// <summary>Whatever is no known option counts as an input, misspelled options as well.</summary>
    private static void RefuseUnknownOptions(Argument<string[]> inputs) => inputs.Validators.Add(result =>
    {
        foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value)))
            result.AddError($"There is no option '{token.Value}'.");
    });
}
