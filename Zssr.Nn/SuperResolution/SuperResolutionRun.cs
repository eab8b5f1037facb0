using System.Diagnostics;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// One run of a <see cref="SuperResolver"/>, stage by stage: train the network on pairs of the images that are there, enlarge the base
/// image with it, take the result over.
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
    private readonly IReadOnlyList<ScaleStage> _stages;
    private readonly ZssrNetwork _network;
    private readonly Enlarger _enlarger;
    private readonly StageImages _images;
    private readonly List<TrainingHistory> _histories = [];
    private int _epochLength;

    public SuperResolutionRun(Tensor image, ZssrSettings settings, BlurKernel? kernel, RunHooks hooks, CancellationToken cancellation)
    {
        (_settings, _hooks, _cancellation) = (settings, hooks, cancellation);
        _rescaling = Rescaling.Of(settings, kernel);
        _identity = RunIdentity.Of(image, settings, kernel);
        _stages = ScaleSchedule.Of(settings);
        _network = new ZssrNetwork(image.Device, settings.Network, image.Shape[3], settings.Seed);
        try
        {
            _enlarger = new Enlarger(_network, _rescaling, settings.Inference, settings.Peak, hooks.TileSide, hooks.Note);
            _images = new StageImages(Times(image, settings.Peak), _stages);
        }
        catch
        {
            _network.Dispose();
            throw;
        }
    }

    /// <summary>Goes through all stages, from a checkpoint on if one is given.</summary>
    /// <exception cref="CheckpointException">The checkpoint is of another run, or damaged.</exception>
    public SuperResolutionResult Complete(TrainingCheckpoint? checkpoint)
    {
        if (checkpoint is not null)
            GoOnFrom(checkpoint);
        int first = checkpoint?.Stage ?? 0;
        var reports = new List<StageReport>();
        for (int stage = first; stage < _stages.Count; stage++)
        {
            var clock = Stopwatch.StartNew();
            if (stage == 0 || _settings.TrainsEachScale)
                Train(stage, stage == first ? checkpoint : null);
            TimeSpan training = clock.Elapsed;
            clock.Restart();
            _images.Advance(stage, Enlarge(stage));
            reports.Add(new StageReport(_stages[stage], _histories[^1], training, clock.Elapsed));
        }

        // The last stage's result has become the base.
        return new SuperResolutionResult(Times(_images.Base, 1 / _settings.Peak), reports, _histories);
    }

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

    private void GoOnFrom(TrainingCheckpoint checkpoint)
    {
        checkpoint.RequireSameRun(_identity);
        if (checkpoint.Stage >= (_settings.TrainsEachScale ? _stages.Count : 1))
            throw new CheckpointException($"checkpoint: the run has no training in stage {checkpoint.Stage}. The file is damaged; start anew.");
        _images.Restore(checkpoint);
        _histories.AddRange(checkpoint.CopyHistories());
    }

    private void Train(int stage, TrainingCheckpoint? checkpoint)
    {
        if (_histories.Count <= stage)
            _histories.Add(new TrainingHistory());
        using ITrainingPairs pairs = Pairs(stage);
        _epochLength = pairs.EpochLength;
        using ReconstructionProbe probe = Probe(stage);
        using var training = new StageTraining(_network, pairs, probe, _settings, _histories[stage]);
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

    private Tensor Enlarge(int stage)
    {
        (int height, int width) = _images.SizeAfter(stage);
        ScaleStage at = _stages[stage];
        // Of no use here, what training has kept for its next step.
        _images.Base.Device.TrimMemory();
        return _enlarger.Enlarge(
            _images.Base, at.FromBase, height, width, at.BackProjections, OnCopy, _hooks.EnlargementObserver?.Invoke(stage), _cancellation);

        void OnCopy(int done, int total)
        {
            Report(stage, RunPhase.Enlarging, done, total);
            _cancellation.ThrowIfCancellationRequested();
        }
    }

    private ITrainingPairs Pairs(int stage) => _settings.Pairs.Recipe == PairRecipe.FixedList
        ? new ArticlePairs(_images.Base, _rescaling, _stages[stage].FromBase, _settings.Pairs, _settings.Seed, _settings.Peak, stage)
        : new PaperPairs(_images.Sources, _rescaling, _stages[stage].FromBase, _settings.Pairs, _settings.Seed, stage, _settings.Peak);

    private ReconstructionProbe Probe(int stage)
    {
        int largest = _settings.Training.RatePolicy == RatePolicyKind.SlopeTest ? int.MaxValue : ProbeSide;
        return new ReconstructionProbe(_images.Base, _rescaling, _stages[stage].FromBase, largest, _settings.Peak);
    }

    private void Preview(int stage, int iteration)
    {
        (int height, int width) = _images.SizeAfter(stage);
        using Tensor answer = _enlarger.EnlargePlainly(_images.Base, _stages[stage].FromBase, height, width);
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
        new(stage, _stages, phase, done, total, _epochLength, _histories[^1]);

    /// <summary>The image in another unit; where that is the same, no copy is made.</summary>
    private static Tensor Times(Tensor image, double factor) => factor == 1 ? image.Share() : Elementwise.Multiply(image, factor);
}
