using System.CommandLine;
using Zssr.App.Display;
using Zssr.App.Errors;
using Zssr.App.Evaluation;
using Zssr.App.Files;
using Zssr.App.Options;
using Zssr.App.Records;
using Zssr.App.Settings;
using Zssr.Autograd.Verification;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr evaluate</c>: the tables of a paper, for any folder of images.</summary>
internal static class EvaluateCommand
{
    private const string NoPreset = "none";

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Pairs of large and small images, or large images only." };
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "OUT",
            Description = "Write the table to this file (Markdown) instead of standard output.",
        };
        var presets = new Option<string>("--presets", "--preset", "-p")
        {
            HelpName = "NAMES",
            Description = $"One or several of {string.Join(", ", ZssrPresets.All.Select(preset => preset.Preset))}, separated by commas; "
                + $"or {NoPreset}, for bicubic interpolation only.",
            DefaultValueFactory = _ => ZssrPresets.Default.Preset,
        };
        var scales = new Option<string>("--scale", "-s")
        {
            HelpName = "NUMBERS",
            Description = $"By how much: whole numbers from 2 to {EvaluationSet.LargestScale}, separated by commas.",
            DefaultValueFactory = _ => "2",
        };
        var seeds = new Option<string>("--seeds", "--seed")
        {
            HelpName = "NUMBERS",
            Description = "Seeds of the random numbers: whole numbers separated by commas. Each is a training of its own.",
            DefaultValueFactory = _ => "1",
        };
        var kernel = new Option<string?>("--kernel")
        {
            HelpName = "KERNEL",
            Description = "The blur of the camera, as for `upscale`; or a folder with one for each image, found by the image's name.",
        };
        var smallKernel = new Option<string?>("--small-kernel")
        {
            HelpName = "KERNEL",
            Description = "With large images only: make the small ones with this blur kernel, as `downscale --kernel` does.",
        };
        Option<bool> force = ForceOption.Create();
        var json = new Option<bool>("--json")
        {
            Description = "Print one JSON object per line on standard output for each result, as soon as it is ready.",
        };
        var command = new Command(
            "evaluate",
            "Enlarge small images whose large ones are known, by bicubic interpolation and by presets, and make a table of PSNR and SSIM, "
            + "measured as `zssr metrics --scale` does.")
        {
            folder,
            output,
            presets,
            scales,
            seeds,
            kernel,
            smallKernel,
        };
        var settings = new SettingOptions(command, SettingTable.All.Where(setting => setting.Name is not ("scale" or "seed")));
        Option<int?> tile = TileOption.Create();
        command.Add(tile);
        command.Add(force);
        command.Add(json);
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var device = new DeviceArguments(command, DeviceSelector.Auto);

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(folder)!, presetNames = parsed.GetValue(presets)!;
            ZssrSettings[] recipes = presetNames == NoPreset
                ? [] : [.. presetNames.Split(',', StringSplitOptions.TrimEntries).Select(ZssrPresets.Named).Distinct()
                    .Select(preset => parsed.GetValue(kernel) is null
                        ? settings.Change(preset, parsed) with { KernelPlacement = null }
                        : KernelArguments.Change(preset, settings, parsed, hasKernel: true))];
            KernelPlacement? placement = settings.Change(ZssrPresets.Paper, parsed).KernelPlacement;
            if (placement is not null && parsed.GetValue(kernel) is null && parsed.GetValue(smallKernel) is null)
                throw new UsageException($"--kernel-placement {placement} needs --kernel or --small-kernel: it says where that kernel lies.");
            long pixels = parsed.GetValue(maxPixels);
            EvaluationKernels? kernels = parsed.GetValue(kernel) is { } name ? new EvaluationKernels(name, pixels) : null;
            EvaluationKernels? smallKernels = parsed.GetValue(smallKernel) is { } small ? new EvaluationKernels(small, pixels) : null;
            IReadOnlyList<int> factors = NumberList.Parse("--scale", parsed.GetValue(scales)!, 2, EvaluationSet.LargestScale);
            IReadOnlyList<ulong> numbers = NumberList.Parse("--seeds", parsed.GetValue(seeds)!, 0UL, ulong.MaxValue);
            TextOutput.RequireWritable(parsed.GetValue(output), parsed.GetValue(force), "Name it table.md.");
            EvaluationSet set = EvaluationSet.Find(path, factors);
            if (parsed.GetValue(output) is { } table)
                FileSet.RequireOther(table, set.Images.SelectMany(image => new[] { image.Large, image.Small }));

            using var interruption = new Interruption();
            using Device open = device.Open(parsed);
            RunDisplay display = parsed.GetValue(json) ? new JsonResultDisplay() : RunDisplay.Choose(json: false);
            var evaluator = new Evaluator(
                open, recipes, numbers, kernels, smallKernels, placement, display, pixels, parsed.GetValue(tile), interruption.Token);
            var results = new List<EvaluationResult>();
            bool isWhole = true;
            int runs = set.Images.Count * (2 + recipes.Length * numbers.Count);
            try
            {
                display.While(runs, () => EvaluateAll(set, evaluator, display, results), "results");
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine($"zssr: interrupted; the table has the {results.Count} of {runs} results that were finished.");
                isWhole = false;
            }

            string title = $"Evaluation of {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))}";
            string conditions = Conditions(
                open, numbers, settings.Given(parsed), parsed.GetValue(kernel), parsed.GetValue(smallKernel));
            if (!isWhole)
                conditions += $" Interrupted: {results.Count} of {runs} results.";
            TextOutput.Write(
                EvaluationTable.Of(title, conditions, results, evaluator.Failures), parsed.GetValue(output), parsed.GetValue(json));
            if (!isWhole)
                return interruption.ExitCode;
            return evaluator.Failures.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static void EvaluateAll(EvaluationSet set, Evaluator evaluator, RunDisplay display, List<EvaluationResult> results)
    {
        foreach (string note in set.Notes)
            display.Note($"zssr: {note}");
        foreach (string problem in set.Problems)
            evaluator.Fail(problem);
        foreach (EvaluationResult result in set.Images.SelectMany(evaluator.Evaluate))
        {
            results.Add(result);
            display.Measured(result);
        }
    }

    /// <summary>What the figures depend on, in one line.</summary>
    private static string Conditions(
        Device device, IReadOnlyList<ulong> seeds, string given, string? kernel, string? smallKernel)
    {
        DeviceRecord record = RunEnvironment.Of(device);
        string threads = device.Name.Kind == DeviceKind.Cpu ? $", {record.Threads} thread{(record.Threads == 1 ? "" : "s")}" : "";
        return $"zssr {RunEnvironment.Versions.Zssr}, {record.Name} ({record.Description}{threads}), "
            + $"seed{(seeds.Count == 1 ? "" : "s")} {string.Join(", ", seeds)}"
            + (smallKernel is null ? "" : $", small images made with the kernel {smallKernel}")
            + (kernel is null ? "" : $", enlarged with the kernel {kernel}")
            + (given.Length > 0 ? $", presets changed by `{given}`" : "") + ".";
    }
}
