using System.CommandLine;
using System.Globalization;
using Zssr.App.Display;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.Jobs;
using Zssr.App.Options;
using Zssr.Autograd.Verification;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr learn</c>: weights for the training on images to begin with, learned from drawn pictures or the user's.</summary>
internal static class LearnCommand
{
    private const string Extension = ".safetensors";

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "FILE",
            Description = $"The start to write, for `zssr upscale --start FILE`; its name ends in {Extension}.",
            Required = true,
        };
        var resume = new Option<bool>("--resume") { Description = "Continue an interrupted learning from FILE.part." };
        Option<double> checkpointEvery = NumberOption.Create(
            "--checkpoint-every", "Seconds from one checkpoint in FILE.part to the next.", 0, 86400,
            new RunHooks().CheckpointInterval.TotalSeconds);
        checkpointEvery.HelpName = "SECONDS";
        Option<bool> force = ForceOption.Create("Replace FILE if it exists.");
        var command = new Command(
            "learn",
            "Learn a start: weights with which the training on an image begins. They are learned from pictures that the program draws, "
            + "no photograph among them, or from pictures of your own.")
        {
            output, resume, checkpointEvery, force,
        };
        var recipes = new RecipeArguments(command);
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var device = new DeviceArguments(command, DeviceSelector.Auto);

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!, part = path + ".part";
            if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                throw new UsageException($"--output {path}: the name of a start ends in {Extension}.");
            StartRecipe recipe = recipes.Read(parsed);
            bool isMeta = recipe.InnerSteps > 0;
            if (isMeta && parsed.GetValue(resume))
                throw new UsageException("--meta leaves no checkpoint that --resume could continue; give one of them.");
            AtomicFile.CheckWritable(path, parsed.GetValue(force));
            AtomicFile.CheckWritable(part);
            using var interruption = new Interruption(
                isMeta ? "Nothing is left of a meta-training." : "The same command with --resume continues from the last checkpoint.");
            using Device open = device.Open(parsed, fuses: !isMeta);
            IReadOnlyList<Tensor> own =
                recipes.Folder(parsed) is not { } folder ? [] : OwnPictures.Read(open, folder, parsed.GetValue(maxPixels));
            TrainingCheckpoint? checkpoint = parsed.GetValue(resume) ? ReadPart(part) : null;
            var display = RunDisplay.Choose(json: false);
            var job = new UpscaleJob(path, path, null, null);
            var hooks = new RunHooks
            {
                Progress = new Reporter<RunProgress>(progress => display.Report(job, progress)),
                Checkpoint = state => AtomicFile.Write(part, state.Write),
                CheckpointInterval = TimeSpan.FromSeconds(parsed.GetValue(checkpointEvery)),
            };
            try
            {
                SafetensorsFile? start = null;
                display.While(1, () =>
                {
                    display.Begin(job);
                    start = new StartLearner(recipe, own).Run(open, hooks, checkpoint, interruption.Token);
                });
                AtomicFile.Write(path, stream => start!.Write(stream, withChecksum: true));
                File.Delete(part);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Wrote {path}, {new FileInfo(path).Length / 1e3:F0} kB: zssr upscale IMAGE -o OUT --start {path}"));
                return ExitCodes.Success;
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine(isMeta
                    ? "zssr: interrupted; nothing is left of a meta-training."
                    : $"zssr: interrupted; the same command with --resume continues from {part}.");
                return interruption.ExitCode;
            }
            finally
            {
                foreach (Tensor picture in own)
                    picture.Dispose();
            }
        });
        return command;
    }

    private static TrainingCheckpoint ReadPart(string part)
    {
        try
        {
            using FileStream stream = SourceFile.Open(part, "a checkpoint");
            return TrainingCheckpoint.Read(stream);
        }
        catch (Exception failure)
            when (failure is FileException or SafetensorsException or CheckpointException or IOException or UnauthorizedAccessException)
        {
            throw new FileException(
                part, $"cannot resume from {part}: {failure.Message} Without --resume the learning starts again.", failure);
        }
    }
}
