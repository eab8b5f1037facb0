using System.CommandLine;
using System.Globalization;
using System.Text;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.Images;
using Zssr.App.InspectedRuns;
using Zssr.App.Options;
using Zssr.App.RunPages;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr inspect</c>: a short run as a page to look into.</summary>
internal static class InspectCommand
{
    /// <summary>Enough to see the network learn, and soon done.</summary>
    private const int UsualIterations = 200;

    private const string PageName = "index.html";

    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "The image to train on." };
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "DIR",
            Description = $"The folder for the page, {PageName}; it is created if it is missing.",
            Required = true,
        };
        var groundTruth = new Option<string?>("--ground-truth")
        {
            HelpName = "IMAGE",
            Description = "The true large image, to be shown next to the result.",
        };
        var kernel = new Option<string?>("--kernel") { HelpName = "KERNEL", Description = "How the camera blurred, as for `upscale`." };
        Option<int> training = NumberOption.Create(
            "--training", "Which training to look into, counted from 1, if the run has several.", 1, 1000, 1);
        Option<bool> force = ForceOption.Create($"Replace the {PageName} if it exists.");
        var command = new Command(
            "inspect",
            $"Do a short run ({UsualIterations} iterations unless --iterations is given) and write a page that shows its inner workings: "
            + "pairs, network, filters, activations over time, gradients, the ensemble, back-projection and the result. "
            + "Open it in a browser.")
        {
            image,
            output,
            groundTruth,
            kernel,
            training,
            force,
        };
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var settings = new SettingArguments(command);
        var device = new DeviceArguments(command, DeviceName.Cpu.ToString());
        command.SetAction(parsed =>
        {
            string? kernelName = parsed.GetValue(kernel);
            ZssrSettings chosen = settings.Read(parsed, hasKernel: kernelName is not null);
            RequireTraining(chosen, parsed.GetValue(training));
            string folder = parsed.GetValue(output)!, path = Path.Combine(folder, PageName);
            if (Directory.Exists(folder))
                AtomicFile.CheckWritable(path, parsed.GetValue(force));
            if (parsed.GetValue<string?>("--iterations") is null)
            {
                int iterations = Math.Min(UsualIterations, chosen.Training.Iterations);
                chosen = chosen with { Training = chosen.Training with { Iterations = iterations } };
                chosen.Validate();
            }

            string name = parsed.GetValue(image)!;
            FileSet.RequireOther(path, name, kernelName, parsed.GetValue(groundTruth));
            BlurKernel? blur = kernelName is null ? null : KernelFile.Read(kernelName, parsed.GetValue(maxPixels));
            Picture picture = TrainingPicture.Read(name, parsed.GetValue(maxPixels));
            picture = new Picture(picture.Height, picture.Width, picture.Channels, picture.Color);
            if (parsed.GetValue(groundTruth) is { } truth)
                _ = ImageFile.ReadSize(truth);
            Folder.Make(folder, advice: "Name another with --output.");
            AtomicFile.CheckWritable(path, parsed.GetValue(force));
            using Device open = device.Open(parsed);
            var inspector = new RunInspector(
                open, chosen, blur, parsed.GetValue(training) - 1, line => Console.Error.WriteLine($"zssr: {line}"));
            InspectedRun run = inspector.Run(
                Path.GetFileName(name), picture, parsed.GetValue(groundTruth), parsed.GetValue(maxPixels));
            byte[] page = Encoding.UTF8.GetBytes(RunPage.Of(run));
            AtomicFile.Write(path, stream => stream.Write(page));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Wrote {path}, {page.Length / 1e6:F1} MB. Open it in a browser."));
        });
        return command;
    }

    /// <exception cref="UsageException">The run has fewer trainings, or trains nothing.</exception>
    private static void RequireTraining(ZssrSettings settings, int training)
    {
        if (settings.Training.Iterations == 0)
            throw new UsageException("--iterations 0: without training there is nothing to look into. Give 1 or more.");
        int trainings = settings.TrainsEachScale ? ScaleSchedule.Of(settings).Count : 1;
        if (training > trainings)
            throw new UsageException($"--training {training} was given, but this run has {trainings} trainings. Give a number up to that.");
    }
}
