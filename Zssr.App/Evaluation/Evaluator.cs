using System.Diagnostics;
using Zssr.App.Display;
using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.App.Runs;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Evaluation;

/// <summary>
/// Enlarges images whose large ones are known by every method, and measures how near the results come: bicubic interpolation, the same
/// with the paper's back-projection, and each recipe with each seed.
/// </summary>
/// <param name="device">Where it is computed.</param>
/// <param name="recipes">Presets, with what the user has changed; scale and seed are set here.</param>
/// <param name="seeds">There is a training for each.</param>
/// <param name="kernels">The blur kernels that images are enlarged with; null for none.</param>
/// <param name="smallKernels">Those with which small images are made that there are no files of; null for bicubic shrinking.</param>
/// <param name="placement">Where these kernels lie, if the user has said so; else small images that are read show it.</param>
/// <param name="display">Shows how it goes.</param>
/// <param name="maxPixels">The most pixels of an image that is read.</param>
/// <param name="tileSide">Rows and columns of the tiles in which images are enlarged, or null.</param>
/// <param name="cancellation">Stops it between two iterations.</param>
internal sealed class Evaluator(
    Device device, IReadOnlyList<ZssrSettings> recipes, IReadOnlyList<ulong> seeds, EvaluationKernels? kernels,
    EvaluationKernels? smallKernels, KernelPlacement? placement, RunDisplay display, long maxPixels, int? tileSide,
    CancellationToken cancellation)
{
    /// <summary>The name of plain interpolation in results.</summary>
    public const string Bicubic = "bicubic";

    /// <summary>The name of interpolation with back-projection.</summary>
    public const string BackProjected = "bicubic + back-projection";

    private readonly List<string> _failures = [];

    /// <summary>What has failed so far, a line for each.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Tells a failure, and keeps it for the table.</summary>
    public void Fail(string message)
    {
        _failures.Add(message);
        display.Failed(new UpscaleJob("", "", null, null), message);
    }

    /// <summary>
    /// All results of an image, each as soon as it is there. What fails is told, and does not keep the rest from being done.
    /// </summary>
    /// <exception cref="OperationCanceledException">The user has stopped it.</exception>
    public IEnumerable<EvaluationResult> Evaluate(EvaluationImage image)
    {
        EvaluationPictures? pictures = null;
        BlurKernel? kernel = null;
        Attempt(image, "", () =>
        {
            kernel = kernels?.For(image);
            pictures = EvaluationPictures.Read(image, device, maxPixels, smallKernels?.For(image), placement);
        });
        if (pictures is null)
            yield break;
        using Tensor small = Transparency.FillInvisible(pictures.Small).ToTensor(device);
        using Tensor large = pictures.Large.ToTensor(device);
        KernelPlacement? found = kernel is null
            ? null : new PlacementLook(kernel, display).Of(Plain(image.Scale), JobOf(image), small, large).KernelPlacement;
        foreach ((string method, ulong? seed, Func<UpscaleJob, (Tensor, int, TimeSpan)> enlarge) in Methods(
            small, image.Scale, pictures.Small.Compression, kernel, found))
        {
            EvaluationResult? result = null;
            Attempt(image, $", {method}{(seed is null ? "" : $", seed {seed}")}", () =>
            {
                (Tensor output, int iterations, TimeSpan time) = enlarge(JobOf(image));
                using (output)
                {
                    ImageQuality quality = ImageQuality.Compare(output, large, image.Scale);
                    result = new EvaluationResult(
                        image.Name, method, seed, image.Scale, quality.Psnr, quality.Ssim, time.TotalSeconds, iterations);
                }
            });
            if (result is not null)
                yield return result;
        }
    }

    private IEnumerable<(string Method, ulong? Seed, Func<UpscaleJob, (Tensor Output, int Iterations, TimeSpan Time)> Enlarge)> Methods(
        Tensor small, int factor, JpegCompression? compression, BlurKernel? kernel, KernelPlacement? found)
    {
        var scale = new Scale(factor);
        ZssrSettings plain = Plain(factor) with { KernelPlacement = found };
        var interpolation = new BicubicEnlargement(plain);
        yield return (Bicubic, null, _ => Timed(() => interpolation.Apply(small)));
        yield return (BackProjected, null, _ => Timed(() =>
        {
            using Tensor bicubic = interpolation.Apply(small);
            InferenceSettings paper = ZssrPresets.Paper.Inference;
            return BackProjection.Apply(
                bicubic, small, Rescaling.Of(plain, kernel), scale, paper.BackProjections, paper.BackProjectionStep);
        }));
        foreach (ZssrSettings recipe in recipes)
        {
            foreach (ulong seed in seeds)
                yield return (recipe.Preset, seed, job => Train(
                    job, small, recipe with { Scales = [scale], Seed = seed, KernelPlacement = found }, compression, kernel));
        }
    }

    private (Tensor Output, int Iterations, TimeSpan Time) Train(
        UpscaleJob job, Tensor small, ZssrSettings settings, JpegCompression? compression, BlurKernel? kernel)
    {
        if (settings.Damage is { } asked)
            settings = DamageFinding.Of(small, asked, compression).ApplyTo(settings);
        display.Begin(job);
        var mishaps = new MishapLog(display.Note);
        var hooks = new RunHooks
        {
            TileSide = tileSide,
            Note = line => display.Note($"{job.Input}: {line}"),
            Progress = new Reporter<RunProgress>(progress =>
            {
                mishaps.Update(job.Input, progress);
                display.Report(job, progress);
            }),
        };
        using SuperResolutionResult result = new SuperResolver(settings, kernel).Run(small, hooks, checkpoint: null, cancellation);
        double seconds = result.Stages.Sum(stage => (stage.Training + stage.Enlarging).TotalSeconds);
        return (result.Output.Share(), result.Histories.Sum(history => history.Losses.Count), TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Interpolation, with what the user has said about where small pixels lie.</summary>
    private ZssrSettings Plain(int factor) => ZssrPresets.Paper with { Scales = [new Scale(factor)], KernelPlacement = placement };

    private static (Tensor Output, int Iterations, TimeSpan Time) Timed(Func<Tensor> enlarge)
    {
        var clock = Stopwatch.StartNew();
        return (enlarge(), 0, clock.Elapsed);
    }

    private void Attempt(EvaluationImage image, string what, Action action)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            action();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Fail($"{image.Name} x{image.Scale}{what}: {UserErrors.Message(failure)}");
        }
    }

    /// <summary>The image as displays know it. There is no file to write.</summary>
    private static UpscaleJob JobOf(EvaluationImage image) => new(image.Name, "", null, null);
}
