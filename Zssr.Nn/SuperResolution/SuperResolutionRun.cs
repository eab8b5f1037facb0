using System.Diagnostics;
using Zssr.Autograd.Graphs;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>One run of a <see cref="SuperResolver"/>: its network, its images, and where it stands.</summary>
internal sealed class UpscalingRun : IDisposable
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
    private readonly int _inputHeight;
    private readonly int _inputWidth;
    private readonly ZssrNetwork _network;
    private readonly Enlarger _enlarger;
    private readonly List<TrainingHistory> _histories = [];
    private List<FatherSource> _sources = [];
    private int _epochLength;

    public UpscalingRun(
        Tensor image, ZssrSettings settings, Rescaling rescaling, RunIdentity identity, RunHooks hooks, CancellationToken cancellation)
    {
        (_settings, _rescaling, _identity, _hooks, _cancellation) = (settings, rescaling, identity, hooks, cancellation);
        _stages = ScaleSchedule.Of(settings);
        (_inputHeight, _inputWidth) = (image.Shape[1], image.Shape[2]);
        _network = new ZssrNetwork(image.Device, settings.Network, image.Shape[3], settings.Seed);
        try
        {
            _enlarger = new Enlarger(_network, rescaling, settings.Inference, settings.Peak, hooks.TileSide, hooks.Note);
            _sources.Add(new FatherSource(Times(image, settings.Peak), Scale.One));
        }
        catch
        {
            _network.Dispose();
            throw;
        }
    }

    /// <summary>The base image: what this stage enlarges.</summary>
    private Tensor Base => _sources[0].Image;

    /// <summary>Goes through all stages, from a checkpoint on if one is given.</summary>
    public SuperResolution Complete(TrainingCheckpoint? checkpoint)
    {
        if (checkpoint is not null)
        {
            TakeSources(checkpoint.Sources(Base.Device, SourcesAt(checkpoint.Stage)));
            _histories.AddRange(checkpoint.CopyHistories());
        }

        int first = checkpoint?.Stage ?? 0;
        var reports = new List<StageReport>();
        for (int stage = first; stage < _stages.Count; stage++)
        {
            var clock = Stopwatch.StartNew();
            if (stage == 0 || _settings.TrainsEachScale)
                Train(stage, stage == first ? checkpoint : null);
            TimeSpan training = clock.Elapsed;
            clock.Restart();
            Advance(_stages[stage], Enlarge(stage));
            reports.Add(new StageReport(_stages[stage], _histories[^1], training, clock.Elapsed));
        }

        // The last stage's result has become the base.
        return new SuperResolution(Times(Base, 1 / _settings.Peak), reports, _histories);
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
        TakeSources([]);
    }

    private void Train(int stage, TrainingCheckpoint? checkpoint)
    {
        if (_histories.Count <= stage)
            _histories.Add(new TrainingHistory());
        using ITrainingPairs pairs = Pairs(stage);
        _epochLength = pairs.EpochLength;
        using ReconstructionProbe probe = Probe(stage);
        using var training = new StageTraining(_network, pairs, probe, _settings, _histories[stage], checkpoint);
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
        (int height, int width) = SizeAfter(stage);
        ScaleStage at = _stages[stage];
        // Of no use here, what training has kept for its next step.
        Base.Device.TrimMemory();
        return _enlarger.Enlarge(
            Base, at.FromBase, height, width, at.BackProjections, OnCopy, _hooks.EnlargementObserver?.Invoke(stage), _cancellation);

        void OnCopy(int done, int total)
        {
            Report(stage, RunPhase.Enlarging, done, total);
            _cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes a stage's result over: as another source of fathers, or as the base of what follows.</summary>
    private void Advance(ScaleStage stage, Tensor result)
    {
        if (stage.BecomesBase)
            TakeSources([new FatherSource(result, Scale.One)]);
        else
            _sources.Add(FatherSource.OfEnlargement(result, stage.FromBase));
    }

    /// <summary>What <see cref="Advance"/> has made of the sources when a stage begins.</summary>
    private List<(Shape Shape, Scale Scale, ImageArea Part)> SourcesAt(int stage)
    {
        if (stage >= (_settings.TrainsEachScale ? _stages.Count : 1))
            throw new CheckpointException($"checkpoint: the run has no training in stage {stage}. The file is damaged; start anew.");
        List<(Shape, Scale, ImageArea)> sources = [(Base.Shape, Scale.One, ImageArea.Whole)];
        for (int earlier = 0; earlier < stage; earlier++)
        {
            (int height, int width) = SizeAfter(earlier);
            if (_stages[earlier].BecomesBase)
                sources = [([1, height, width, Base.Shape[3]], Scale.One, ImageArea.Whole)];
            else
            {
                var whole = PixelArea.Whole(height, width);
                PixelArea kept = FatherSource.Middle(whole);
                Shape shape = [1, kept.Rows.Length, kept.Columns.Length, Base.Shape[3]];
                sources.Add((shape, _stages[earlier].FromBase, FatherSource.PartOf(whole)));
            }
        }

        return sources;
    }

    private ITrainingPairs Pairs(int stage) => _settings.Pairs.Recipe == PairRecipe.FixedList
        ? new ArticlePairs(Base, _rescaling, _stages[stage].FromBase, _settings.Pairs, _settings.Seed, _settings.Peak, stage)
        : new PaperPairs(_sources, _rescaling, _stages[stage].FromBase, _settings.Pairs, _settings.Seed, stage, _settings.Peak);

    private ReconstructionProbe Probe(int stage)
    {
        int largest = _settings.Training.RatePolicy == RatePolicyKind.SlopeTest ? int.MaxValue : ProbeSide;
        return new ReconstructionProbe(Base, _rescaling, _stages[stage].FromBase, largest, _settings.Peak);
    }

    private void Preview(int stage, int iteration)
    {
        (int height, int width) = SizeAfter(stage);
        using Tensor answer = _enlarger.EnlargePlainly(Base, _stages[stage].FromBase, height, width);
        using Tensor normalised = Times(answer, 1 / _settings.Peak);
        _hooks.Preview!(Progress(stage, RunPhase.Training, iteration, _settings.Training.Iterations), normalised);
    }

    private void Save(int stage, StageTraining training)
    {
        training.Trainer.ReadLosses();
        if (_hooks.Checkpoint is not null)
            _hooks.Checkpoint(TrainingCheckpoint.Of(_identity, _settings, stage, training, _sources, _histories));
    }

    private void Report(int stage, RunPhase phase, int done, int total) =>
        _hooks.Progress?.Report(Progress(stage, phase, done, total));

    private RunProgress Progress(int stage, RunPhase phase, int done, int total) =>
        new(stage, _stages, phase, done, total, _epochLength, _histories[^1]);

    /// <summary>The image in another unit; where that is the same, no copy is made.</summary>
    private static Tensor Times(Tensor image, double factor) => factor == 1 ? image.Share() : Elementwise.Multiply(image, factor);

    /// <summary>Counted from the run's input, so that rounding does not add up over base changes.</summary>
    private (int Height, int Width) SizeAfter(int stage) => ScaleSchedule.SizeAt(_inputHeight, _inputWidth, _stages[stage].FromInput);

    /// <summary>Replaces the source images and frees the old ones.</summary>
    private void TakeSources(List<FatherSource> sources)
    {
        foreach (FatherSource source in _sources)
            source.Image.Dispose();
        _sources = sources;
    }
}
