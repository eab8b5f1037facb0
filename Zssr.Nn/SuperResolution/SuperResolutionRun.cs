using System.Diagnostics;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// One run of a <see cref="SuperResolver"/>: its network, its images and where it stands. In each stage the network is trained on pairs
/// made of the images (<see cref="Train"/>), and enlarges the base image (<see cref="Enlarge"/>), which gives one more image.
/// </summary>
internal sealed class SuperResolutionRun : IDisposable
{
    /// <summary>Where the policy does not decide by it, the reconstruction is measured on a part of this size at most.</summary>
    private const int ProbeSide = 256;
    private const int ReportEvery = 10;

    private readonly ZssrSettings _settings;
    private readonly Rescaling _rescaling;
    private readonly RunIdentity _identity;
    private readonly RunHooks _hooks;
    private readonly CancellationToken _cancellation;
    private readonly ZssrNetwork _network;
    private readonly Enlarger _enlarger;
    private readonly StageImages _images;
    private readonly List<TrainingHistory> _histories = [];
    private int _epochLength;

    /// <summary>A run at its start, with a network of random weights, or those of the settings' start.</summary>
    public SuperResolutionRun(Tensor image, ZssrSettings settings, BlurKernel? kernel, RunHooks hooks, CancellationToken cancellation)
    {
        (_settings, _hooks, _cancellation) = (settings, hooks, cancellation);
        _rescaling = Rescaling.Of(settings, kernel);
        _identity = RunIdentity.Of(image, settings, kernel);
        Stages = ScaleSchedule.Of(settings);
        _network = new ZssrNetwork(
            image.Device, settings.Network, image.Shape[3], settings.Seed, enlargement: settings.NetworkEnlargement,
            placement: settings.KernelPlacement);
        try
        {
            BeginFromStart(stage: 0);
            _enlarger = new Enlarger(_network, _rescaling, settings.Inference, settings.Peak, hooks.TileSide, hooks.Note);
            _images = new StageImages(Times(image, settings.Peak), Stages);
        }
        catch
        {
            _network.Dispose();
            throw;
        }
    }

    /// <summary>The enlargements by which the run reaches its scale.</summary>
    public IReadOnlyList<ScaleStage> Stages { get; }

    /// <summary>All trainings so far, those before a checkpoint included.</summary>
    public IReadOnlyList<TrainingHistory> Histories => _histories;

    /// <summary>Takes over where an earlier run was: its images and what had happened; <see cref="Train"/> takes the rest.</summary>
    /// <exception cref="CheckpointException">The checkpoint is of another run, or damaged.</exception>
    public void GoOnFrom(TrainingCheckpoint checkpoint)
    {
        checkpoint.RequireSameRun(_identity);
        if (checkpoint.Stage >= (_settings.TrainsEachScale ? Stages.Count : 1))
        {
            throw new CheckpointException(
                $"checkpoint: the run has no training in stage {checkpoint.Stage}. The file is damaged; start the run again.");
        }

        _images.Restore(checkpoint);
        _histories.AddRange(checkpoint.CopyHistories());
    }

    /// <summary>
    /// Trains the network for a stage, until its iterations are done or its rate is so small that it ends. Checkpoints, previews and
    /// progress are handed out on the way.
    /// </summary>
    /// <param name="stage">Which stage, counted from 0.</param>
    /// <param name="checkpoint">Where an earlier run was in this stage; null to train from its start.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled; a last checkpoint has been handed out.</exception>
    public void Train(int stage, TrainingCheckpoint? checkpoint)
    {
        if (_histories.Count <= stage)
            _histories.Add(new TrainingHistory());
        if (stage > 0 && checkpoint is null)
            BeginFromStart(stage);
        using ITrainingPairs pairs = Pairs(stage);
        _epochLength = pairs.EpochLength;
        using ReconstructionProbe probe = Probe(stage);
        using var training = new StageTraining(_network, pairs, probe, _settings, _histories[stage], LearnedScale(stage));
        checkpoint?.Restore(training);
        var sinceCheckpoint = Stopwatch.StartNew();
        do
        {
            _histories[stage] = training.History;
            int iteration = training.Trainer.Iteration;
            if (iteration % ReportEvery == 0 && iteration < _settings.Training.Iterations)
                Report(stage, RunPhase.Training, iteration, _settings.Training.Iterations);
            if (_hooks.Preview is not null && iteration > 0 && iteration % _hooks.PreviewEvery == 0)
                Preview(stage, iteration);
            // Asked once: who cancels after this line is heard one iteration later, and gets the last checkpoint too.
            bool isCancelled = _cancellation.IsCancellationRequested;
            if (sinceCheckpoint.Elapsed > _hooks.CheckpointInterval || isCancelled)
            {
                Save(stage, training);
                sinceCheckpoint.Restart();
            }

            if (isCancelled)
                throw new OperationCanceledException(_cancellation);
        }
        while (training.Step(_hooks.Pair, _hooks.Observer?.Invoke(stage, training.Trainer.Iteration)));
        Save(stage, training);
        Report(stage, RunPhase.Training, training.Trainer.Iteration, training.Trainer.Iteration);
    }

    /// <summary>Enlarges the base image for a stage. The result is one more image to learn from, or the next base image.</summary>
    public void Enlarge(int stage)
    {
        (int height, int width) = _images.SizeAfter(stage);
        ScaleStage at = Stages[stage];
        // Of no use here, what training has kept for its next step.
        _images.Base.Device.TrimMemory();
        Tensor result = _enlarger.Enlarge(
            _images.Base, at.FromBase, height, width, at.BackProjections, OnCopy, _hooks.EnlargementObserver?.Invoke(stage), _cancellation);
        _images.Advance(stage, result);

        void OnCopy(int done, int total)
        {
            Report(stage, RunPhase.Enlarging, done, total);
            _cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What the last stage has left: the enlarged image, values 0…1. It has become the base image.</summary>
    public Tensor Output() => Times(_images.Base, 1 / _settings.Peak);

    /// <summary>How the loss of the first iteration of all is computed.</summary>
    public TapeGraph FirstStep()
    {
        using ITrainingPairs pairs = Pairs(stage: 0);
        using ReconstructionProbe probe = Probe(stage: 0);
        using var trainer = new ZssrTrainer(_network, pairs, _settings.Training, probe, peak: _settings.Peak);
        return trainer.Graph();
    }

    public void Dispose()
    {
        _network.Dispose();
        _images.Dispose();
    }

    /// <summary>Whether the network is given small images, and enlarges them itself.</summary>
    private bool EnlargesItself => _network.Enlargement != WholeScale.One;

    /// <summary>
    /// By how much the network learns to enlarge: by the stage's scale, or always by its own, of which the stage shrinks the rest.
    /// </summary>
    private Scale LearnedScale(int stage) => EnlargesItself ? _network.Enlargement.ToScale() : Stages[stage].FromBase;

    private ITrainingPairs Pairs(int stage) => _settings.Pairs.Recipe == PairRecipe.FixedList
        ? new ArticlePairs(
            _images.Base, _rescaling, LearnedScale(stage), _settings.Pairs, _settings.Seed, _settings.Peak, stage, EnlargesItself)
        : new PaperPairs(
            _images.Sources, _rescaling, LearnedScale(stage), _settings.Pairs, _settings.Seed, stage, _settings.Peak, EnlargesItself);

    private ReconstructionProbe Probe(int stage)
    {
        int largest = _settings.Training.RatePolicy == RatePolicyKind.SlopeTest ? int.MaxValue : ProbeSide;
        return new ReconstructionProbe(_images.Base, _rescaling, LearnedScale(stage), largest, _settings.Peak, EnlargesItself);
    }

    /// <summary>
    /// Gives the network the start's weights in the first stage, and in one of another scale than the stage before if the start has
    /// weights for it. All other stages go on with what the network has learned from the image.
    /// </summary>
    private void BeginFromStart(int stage)
    {
        Scale scale = LearnedScale(stage);
        if (_settings.Start is { } start && (stage == 0 || (scale != LearnedScale(stage - 1) && start.HasScale(scale))))
            FirstWeights.Load(_network, start, scale, _settings.Peak);
    }

    private void Preview(int stage, int iteration)
    {
        (int height, int width) = _images.SizeAfter(stage);
        using Tensor answer = _enlarger.EnlargePlainly(_images.Base, Stages[stage].FromBase, height, width);
        using Tensor normalised = Times(answer, 1 / _settings.Peak);
        _hooks.Preview!(Progress(stage, RunPhase.Training, iteration, _settings.Training.Iterations), normalised);
    }

    private void Save(int stage, StageTraining training)
    {
        training.Trainer.ReadLosses();
        if (_hooks.Checkpoint is not null)
            _hooks.Checkpoint(TrainingCheckpoint.Of(_identity, _settings, stage, training, _images.Sources, _histories));
    }

    private void Report(int stage, RunPhase phase, int done, int total) =>
        _hooks.Progress?.Report(Progress(stage, phase, done, total));

    private RunProgress Progress(int stage, RunPhase phase, int done, int total) =>
        new(stage, Stages, phase, done, total, _epochLength, _histories[^1]);

    /// <summary>The image in another unit; where that is the same, no copy is made.</summary>
    private static Tensor Times(Tensor image, double factor) => factor == 1 ? image.Share() : Elementwise.Multiply(image, factor);
}
