using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>A line for each time that a training starts again or goes back.</summary>
/// <param name="write">Takes a line.</param>
internal sealed class MishapLog(Action<string> write)
{
    private TrainingHistory? _history;

    /// <summary>Writes a line if there has been a mishap in the training since the last call.</summary>
    /// <param name="what">Whose run it is.</param>
    /// <param name="progress">Where it stands.</param>
    public void Update(string what, RunProgress progress)
    {
        TrainingHistory history = progress.History;
        if (_history == history)
            return;
        // Another history: of the next stage, of a training started again, or of one that has gone back.
        (int collapses, int divergences) = _history is null ? (history.Collapses.Count, history.Divergences.Count)
            : (_history.Collapses.Count, _history.Divergences.Count);
        _history = history;
        if (history.Collapses.Count > collapses)
        {
            write($"{what}: the network collapsed after {history.Collapses[^1]} iterations: no gradient was left; "
                + (history.Collapses.Count < TrainingHistory.MostCollapses
                    ? "training restarts at half the rate." : "the start's weights are used as they are."));
        }

        if (history.Divergences.Count > divergences)
        {
            Divergence last = history.Divergences[^1];
            write($"{what}: the training diverged within {last.FoundAt} iterations; it returns to iteration {last.BackTo}, "
                + "at a tenth of the rate.");
        }
    }
}
