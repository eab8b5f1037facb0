namespace Zssr.Nn;

/// <summary>
/// Where a training can go back to. Every 50 iterations a copy of its state is taken; it counts as good when 50 more have gone well, since
/// weights may be spoilt before a loss shows it.
/// </summary>
internal sealed class GoodStates : IDisposable
{
    private const int Every = 50;

    private TrainingSnapshot? _good;
    private TrainingSnapshot? _newest;

    /// <summary>The states, the older one first; what a checkpoint has to keep.</summary>
    public IEnumerable<TrainingSnapshot> All => new[] { _good, _newest }.OfType<TrainingSnapshot>();

    /// <summary>Forgets what is newer than the last good state, and gives that. The training's start counts as good.</summary>
    public TrainingSnapshot GoBack()
    {
        if (_good is not null)
        {
            _newest!.Dispose();
            (_newest, _good) = (_good, null);
        }

        return _newest!;
    }

    /// <summary>Takes a state over that an earlier process had kept; the older one first.</summary>
    public void Add(TrainingSnapshot snapshot)
    {
        _good?.Dispose();
        (_good, _newest) = (_newest, snapshot);
    }

    /// <summary>Copies the state if it is time; ask before each iteration of a training that goes well.</summary>
    /// <param name="trainer">The training.</param>
    public void Watch(ZssrTrainer trainer)
    {
        if (trainer.Iteration % Every != 0 || _newest?.Iteration == trainer.Iteration)
            return;
        TrainingSnapshot? oldest = _good;
        _good = _newest;
        if (oldest is null)
            _newest = new TrainingSnapshot(trainer.State, trainer.Iteration);
        else
            (_newest = oldest).Take(trainer.State, trainer.Iteration);
    }

    /// <summary>Forgets all states, as a training that starts again must.</summary>
    public void Clear()
    {
        foreach (TrainingSnapshot snapshot in All)
            snapshot.Dispose();
        (_good, _newest) = (null, null);
    }

    public void Dispose() => Clear();
}
