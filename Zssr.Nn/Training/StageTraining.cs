namespace Zssr.Nn;

/// <summary>
/// The training of one stage of a run, with what helps it over mishaps. A network that has collapsed
/// (<see cref="ZssrTrainer.HasCollapsed"/>) gets new weights and half the rate; at last it keeps those of the settings' start, if there is
/// one, as they are. A training that has diverged (<see cref="Divergence"/>) goes back to its last good state, with a tenth of the rate.
/// </summary>
internal sealed class StageTraining : IDisposable
{
    /// <summary>By how much the rate is multiplied each time that a training starts again.</summary>
    private const double RateOfNextAttempt = 0.5;

    /// <summary>Every how many iterations it is asked whether the training has diverged; the trainer reads losses as often.</summary>
    private const int CheckedEvery = 10;

    private readonly ZssrNetwork _network;
    private readonly ITrainingPairs _pairs;
    private readonly ReconstructionProbe _probe;
    private readonly ZssrSettings _settings;
    private readonly Scale? _scale;
    private readonly double _lossOfGray;
    private readonly GoodStates _goodStates = new();

    /// <summary>A training at its start, or where an earlier process left it.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="pairs">On what.</param>
    /// <param name="probe">Measures the reconstruction error.</param>
    /// <param name="settings">The run's.</param>
    /// <param name="history">What has happened so far; empty at the start. The caller restores the state that belongs to it.</param>
    /// <param name="scale">By how much the network enlarges, should it start again from the settings' start; null for random ones.</param>
    public StageTraining(
        ZssrNetwork network, ITrainingPairs pairs, ReconstructionProbe probe, ZssrSettings settings, TrainingHistory history,
        Scale? scale = null)
    {
        (_network, _pairs, _probe, _settings, _scale) = (network, pairs, probe, settings, scale);
        _lossOfGray = new TrainingLoss(settings.Training, settings.Peak).OfGray;
        Trainer = CreateTrainer(history);
        try
        {
            _goodStates.Watch(Trainer);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Makes the steps. Another one after a mishap.</summary>
    public ZssrTrainer Trainer { get; private set; }

    /// <summary>What has happened in the present attempt. Another one after a mishap.</summary>
    public TrainingHistory History => Trainer.History;

    /// <summary>What the training can go back to; a checkpoint keeps it.</summary>
    public IEnumerable<TrainingSnapshot> GoodStates => _goodStates.All;

    /// <summary>Replaces what the training can go back to by what an earlier process could; older ones first.</summary>
    public void RestoreGoodStates(IEnumerable<TrainingSnapshot> states)
    {
        _goodStates.Clear();
        foreach (TrainingSnapshot state in states)
            _goodStates.Add(state);
    }

    /// <summary>Does one iteration, and goes back after a mishap.</summary>
    /// <param name="onPair">Shown each pair before it is used.</param>
    /// <param name="observer">Told all that the iteration computes.</param>
    /// <returns>False where training has ended instead.</returns>
    /// <exception cref="TrainingCollapsedException">The network has collapsed too often.</exception>
    /// <exception cref="TrainingDivergedException">The training has diverged too often.</exception>
    public bool Step(Action<TrainingPair>? onPair, IStepObserver? observer)
    {
        if (HasGivenUp)
            return false;
        bool goesOn = Trainer.Step(onPair, observer);
        if (Trainer.HasCollapsed)
        {
            BeginAnew();
            return true;
        }

        if (goesOn && Trainer.Iteration % CheckedEvery != 0)
            return true;
        Trainer.ReadLosses();
        if (Divergence.IsIn(History.Losses, _lossOfGray))
        {
            GoBack();
            return true;
        }

        _goodStates.Watch(Trainer);
        return goesOn;
    }

    /// <summary>Frees the trainer and the states.</summary>
    public void Dispose()
    {
        Trainer.Dispose();
        _goodStates.Dispose();
    }

    private bool HasGivenUp => History.Collapses.Count == TrainingHistory.MostCollapses;

    /// <summary>New weights, and a history that knows of the collapse.</summary>
    private void BeginAnew()
    {
        Trainer.ReadLosses();
        bool hasStart = _settings.Start is not null && FirstWeights.Fit(_settings, _network.Channels);
        if (History.Collapses.Count + 1 == TrainingHistory.MostCollapses && !hasStart)
            throw new TrainingCollapsedException(History);
        var history = new TrainingHistory([.. History.Collapses, Trainer.Iteration], History.Divergences);
        using var fresh = new ZssrNetwork(
            _network.Parameters[0].Value.Device, _network.Settings, _network.Channels, _settings.Seed, attempt: history.Collapses.Count,
            enlargement: _network.Enlargement, placement: _network.Placement);
        if (_settings.Start is { } start && _scale is { } scale)
            FirstWeights.Load(fresh, start, scale, _settings.Peak);
        foreach ((NamedParameter old, NamedParameter replacement) in _network.Parameters.Zip(fresh.Parameters))
            old.Value.Assign(replacement.Value);
        _goodStates.Clear();
        Replace(history);
        _goodStates.Watch(Trainer);
    }

    /// <summary>The last good state, and a history that knows of the divergence.</summary>
    private void GoBack()
    {
        if (History.Divergences.Count == Divergence.Most)
            throw new TrainingDivergedException(History);
        TrainingSnapshot state = _goodStates.GoBack();
        Replace(History.After(new Divergence(Trainer.Iteration, state.Iteration)));
        state.Restore(Trainer.State);
    }

    private void Replace(TrainingHistory history)
    {
        Trainer.Dispose();
        Trainer = CreateTrainer(history);
    }

    /// <summary>A trainer that goes on from a history, with the rates that its mishaps have left.</summary>
    private ZssrTrainer CreateTrainer(TrainingHistory history)
    {
        double factor = Math.Pow(RateOfNextAttempt, history.Collapses.Count) * Math.Pow(Divergence.RateFactor, history.Divergences.Count);
        TrainingSettings settings = _settings.Training with
        {
            LearningRate = _settings.Training.LearningRate * factor,
            AdamRate = _settings.Training.AdamRate * factor,
            // The rate at which training ends, or it would end at once.
            StopBelow = _settings.Training.StopBelow * factor,
        };
        return new ZssrTrainer(_network, _pairs, settings, _probe, history, _settings.Peak);
    }
}
