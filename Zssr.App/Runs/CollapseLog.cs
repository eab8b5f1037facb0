using Zssr.Nn;

namespace Zssr.App.Runs;

/// <summary>A line for each time that a network has collapsed and its training begins anew.</summary>
/// <param name="write">Takes a line.</param>
internal sealed class CollapseLog(Action<string> write)
{
    private TrainingHistory? _history;

    /// <summary>Writes a line if the training is a new attempt.</summary>
    /// <param name="job">Whose run it is.</param>
    /// <param name="progress">Where it stands.</param>
    public void Update(UpscaleJob job, RunProgress progress)
    {
        if (_history == progress.History)
            return;
        bool isFirst = _history is null;
        _history = progress.History;
        if (isFirst || _history.Collapses.Count == 0)
            return;
        write($"{job.Input}: the network collapsed after {_history.Collapses[^1]} iterations, no gradient was left; "
            + "its training begins anew at half the rate.");
    }
}
