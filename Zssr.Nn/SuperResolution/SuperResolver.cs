using System.Diagnostics;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Zero-shot super-resolution: trains a network on one image and enlarges that image with it.
/// <code>
/// using Tensor large = new SuperResolver(ZssrPresets.Standard).Upscale(image);
/// </code>
/// </summary>
/// <remarks>
/// Each stage of the <see cref="ScaleSchedule"/> trains (<see cref="ZssrTrainer"/>) on pairs from the base image and earlier results, and
/// enlarges the base image (<see cref="Enlarger"/>). The same image, settings and device, with as many threads, give the same result bit
/// for bit, also where a run was stopped and went on from its checkpoint (on GPUs as far as the same convolution is chosen, see
/// <see cref="Conv2dAlgorithm"/>). Nothing is printed and no file is touched.
/// </remarks>
/// <param name="settings">Everything that decides the result.</param>
/// <param name="kernel">How the camera blurred, if that is known.</param>
public sealed class SuperResolver(ZssrSettings settings, BlurKernel? kernel = null)
{
    private readonly ZssrSettings _settings = settings ?? throw new ArgumentNullException(nameof(settings));

    /// <summary>The smallest image that there is something to learn from, in rows and columns.</summary>
    public const int SmallestSide = 4;

    /// <summary>Enlarges an image.</summary>
    /// <param name="image">
    /// [1, H, W, C], values 0…1, or as far beyond as interpolation leaves them; C is 3 for colour, 1 for gray, but any number will do. On
    /// the device that is to compute.
    /// </param>
    /// <param name="progress">Told every ten iterations, and after each copy that is enlarged.</param>
    /// <param name="cancellation">Stops the run between two iterations.</param>
    /// <returns>[1, ⌈vertical scale · H⌉, ⌈horizontal scale · W⌉, C], values 0…1.</returns>
    /// <exception cref="ShapeException">
    /// The image has another shape, or less than 4 rows or columns; or the result would have more numbers than a tensor or the device holds.
    /// </exception>
    /// <exception cref="ArgumentException">A value lies outside 0…1 by more than 0.45, or is no number.</exception>
    /// <exception cref="SettingsException">
    /// A setting is outside its range, or a kernel is given and the settings need several jumps.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The losses grew without end, also with a smaller rate.</exception>
    /// <exception cref="TrainingCollapsedException">The network stopped learning, also with other first weights.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    public Tensor Upscale(Tensor image, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        using SuperResolutionResult result = Run(image, new RunHooks { Progress = progress }, checkpoint: null, cancellation);
        return result.Output.Share();
    }

    /// <summary>The same, with all that there is to see on the way, and from a checkpoint on if one is given.</summary>
    /// <param name="image">[1, H, W, C], values 0…1.</param>
    /// <param name="hooks">What to call on the way.</param>
    /// <param name="checkpoint">The state of an earlier run with the same image and settings.</param>
    /// <param name="cancellation">Stops the run between two iterations, after a last checkpoint.</param>
    /// <exception cref="CheckpointException">The checkpoint is of another run.</exception>
    /// <exception cref="SettingsException">A hook's number is outside its range.</exception>
    /// <inheritdoc cref="Upscale"/>
    public SuperResolutionResult Run(
        Tensor image, RunHooks? hooks = null, TrainingCheckpoint? checkpoint = null, CancellationToken cancellation = default)
    {
        Require(image);
        hooks?.Validate();
        using var run = new SuperResolutionRun(image, Settled(image), kernel, hooks ?? new RunHooks(), cancellation);
        if (checkpoint is not null)
            run.GoOnFrom(checkpoint);
        var reports = new List<StageReport>();
        for (int stage = checkpoint?.Stage ?? 0; stage < run.Stages.Count; stage++)
        {
            var clock = Stopwatch.StartNew();
            if (stage == 0 || _settings.TrainsEachScale)
                run.Train(stage, checkpoint?.Stage == stage ? checkpoint : null);
            TimeSpan training = clock.Elapsed;
            clock.Restart();
            run.Enlarge(stage);
            reports.Add(new StageReport(run.Stages[stage], run.Histories[^1], training, clock.Elapsed));
        }

        return new SuperResolutionResult(run.Output(), reports, run.Histories);
    }

    /// <summary>
    /// How the first iteration of a run computes its loss, for looking at: every function with its inputs, its line and its memory. Nothing
    /// is trained.
    /// </summary>
    /// <param name="image">[1, H, W, C], values 0…1.</param>
    /// <exception cref="ShapeException">The image has another shape, or less than 4 rows or columns.</exception>
    /// <exception cref="SettingsException">A setting is outside its range.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    public TapeGraph FirstStep(Tensor image)
    {
        Require(image);
        using var run = new SuperResolutionRun(image, Settled(image), kernel, new RunHooks(), CancellationToken.None);
        return run.FirstStep();
    }

    /// <summary>The settings once it is known what the image has come with; who knows its file can find out more beforehand.</summary>
    private ZssrSettings Settled(Tensor image) =>
        _settings.Damage is { } asked ? DamageFinding.Of(image, asked).ApplyTo(_settings) : _settings;

    private void Require(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        _settings.Validate();
        WholeScale enlargement = _settings.NetworkEnlargement;
        SettingsCheck.Require(
            kernel is not null || _settings.KernelPlacement is null,
            $"kernel placement: {_settings.KernelPlacement} was asked for, but there is no kernel to be placed. Give one, or leave this out.");
        if (kernel is not null)
        {
            ScaleSchedule.RequireOneJump(_settings);
            SettingsCheck.Require(
                _settings.Network.Form != NetworkForm.SubPixel || enlargement.Is(_settings.Scales[0]),
                $"kernel: a sub-pixel network enlarges by {enlargement}, for which a kernel of scale {_settings.Scales[0]} is wrong. "
                + "Give a whole scale, or another --network.");
        }

        if (image.Shape.Rank != 4 || image.Shape[0] != 1 || Math.Min(image.Shape[1], image.Shape[2]) < SmallestSide || image.Shape[3] < 1)
        {
            throw new ShapeException(
                $"super-resolution: an image [1, H, W, C] of at least {SmallestSide} rows and columns is needed; {image.Shape} was given.");
        }

        if (Math.Min(image.Shape[1], image.Shape[2]) < Math.Max(enlargement.Vertical, enlargement.Horizontal))
        {
            throw new ShapeException(
                $"super-resolution: {image.Shape} has too few pixels for a son that a sub-pixel network enlarges by {enlargement}. "
                + "Give a larger image, or another --network.");
        }

        RequireRoom(image);
        ImageValues.Require(image);
    }

    /// <summary>Hours of training would be lost if it showed at the end only that the result has no room.</summary>
    private void RequireRoom(Tensor image)
    {
        Scale total = ScaleSchedule.Of(_settings)[^1].FromInput;
        (int height, int width) = total.SizeOf(image.Shape[1], image.Shape[2]);
        double elements = (double)height * width * image.Shape[3];
        double room = image.Device.MemoryBytes > 0 ? (double)image.Device.MemoryBytes / image.DType.Size() : double.PositiveInfinity;
        double most = Math.Min(Shape.MostElements, room);
        if (elements > most)
        {
            throw new ShapeException(
                $"super-resolution: the result would be {height} x {width} pixels, {elements:G3} numbers; there is room for {most:G3}. "
                + "Give a smaller scale or a smaller image.");
        }

        int leastSide = Sons.LeastSide(_settings.NetworkEnlargement.ToScale(), _settings.NetworkEnlargement != WholeScale.One);
        double pairs = _settings.Pairs.Recipe == PairRecipe.FixedList ? ArticlePairs.ElementsFor(image, _settings.Pairs, leastSide) : 0;
        if (pairs > room)
        {
            throw new ShapeException(
                $"super-resolution: the list of training pairs would have {pairs:G3} numbers; there is room for {room:G3}. "
                + "Give a smaller image, or take a preset without such a list (all but article).");
        }
    }
}
