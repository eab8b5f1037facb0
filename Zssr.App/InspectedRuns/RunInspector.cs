using Zssr.App.Images;
using Zssr.App.Records;
using Zssr.App.Runs;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.InspectedRuns;

/// <summary>Does a run, and keeps all that a page shows of it. The result is that of a run that nobody looks into.</summary>
/// <param name="device">Where it is computed.</param>
/// <param name="settings">How.</param>
/// <param name="kernel">How the camera blurred, if that is known.</param>
/// <param name="inspected">Which of the run's trainings is looked into, counted from 0.</param>
/// <param name="note">Told a line for the user; or none.</param>
internal sealed class RunInspector(
    Device device, ZssrSettings settings, BlurKernel? kernel = null, int inspected = 0, Action<string>? note = null)
{
    private const int MostPairs = 6;

    /// <summary>Trains and enlarges.</summary>
    /// <param name="name">The image's name, to be shown.</param>
    /// <param name="picture">The image.</param>
    /// <param name="groundTruth">The file of what the result should be, or null.</param>
    /// <param name="maxPixels">The most pixels that the ground truth may have.</param>
    public InspectedRun Run(string name, Picture picture, string? groundTruth, long maxPixels = PixelLimit.Default)
    {
        using Tensor image = picture.ToTensor(device);
        var bicubicEnlargement = new BicubicEnlargement(settings);
        using Tensor bicubic = bicubicEnlargement.Apply(image);
        using GroundTruth? truth =
            groundTruth is null ? null : GroundTruth.Read(groundTruth, device, bicubic, bicubicEnlargement.Shave, maxPixels);
        if (truth?.Note is { } line)
            note?.Invoke(line);
        var training = new TrainingWatch(settings.Training.Iterations);
        int stage = -1, iteration = -1, trained = 0;
        var enlargement = new EnlargementWatch(settings.Peak, parameters => training.End(trained, parameters));
        var pairs = new List<ShownPair>();
        var hooks = new RunHooks
        {
            Observer = (at, current) =>
            {
                if (at == inspected && stage == at && current <= iteration)
                {
                    training.BackTo(current);
                    pairs.RemoveAll(pair => pair.Iteration >= current);
                }

                (stage, iteration) = (at, current);
                // Asked once more when the training ends.
                if (at == inspected)
                    trained = current;
                return at == inspected && training.Wants(current) ? training : null;
            },
            Pair = pair =>
            {
                if (stage == inspected && pairs.Count < MostPairs)
                    pairs.Add(Shown(iteration, pair));
            },
            EnlargementObserver = at => at == inspected ? enlargement : null,
        };
        using SuperResolutionResult result = new SuperResolver(settings, kernel).Run(image, hooks);
        return new InspectedRun
        {
            ImageName = name,
            Settings = settings,
            Device = RunEnvironment.Of(device),
            Kernel = kernel,
            Stages = [.. result.Stages.Select(report => report.Stage)],
            Stage = inspected,
            Input = picture,
            Pairs = pairs,
            History = result.Histories[inspected],
            Moments = training.Moments,
            Norms = training.Norms,
            LayerTimes = training.LayerTimes,
            Interpolated = enlargement.Interpolated!,
            Given = enlargement.Given!,
            Members = enlargement.Members,
            Median = enlargement.Median!,
            Projected = enlargement.Projected!,
            Output = Picture.FromTensor(result.Output),
            Bicubic = Picture.FromTensor(bicubic),
            GroundTruth = truth?.Picture,
            Quality = truth?.Judge(result.Output),
            Activations = CropActivations.Of(
                device, settings, enlargement.Given!, enlargement.GivenValues, training.Moments),
        };
    }

    private ShownPair Shown(int iteration, TrainingPair pair) => new(
        iteration, EnlargementWatch.ToPicture(pair.Son, settings.Peak), EnlargementWatch.ToPicture(pair.Father, settings.Peak),
        pair.Origin);
}
