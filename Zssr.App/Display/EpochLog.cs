using System.Globalization;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>The lines of the article's program, one for each epoch: <c>epoch: 12 loss: 3.45</c>.</summary>
/// <param name="write">Takes a line.</param>
/// <param name="done">Iterations of the first history that an earlier process has done; it wrote their lines.</param>
internal sealed class EpochLog(Action<string> write, int done = 0)
{
    private TrainingHistory? _history;
    private int _epochs;

    /// <summary>Writes the lines of the epochs that have been completed since the last call.</summary>
    public void Update(RunProgress progress)
    {
        (TrainingHistory history, int length) = (progress.History, progress.EpochLength);
        if (_history != history)
            (_history, _epochs) = (history, _history is null ? done / length : 0);
        for (; (_epochs + 1) * length <= history.Losses.Count; _epochs++)
        {
            double mean = history.Losses.Skip(_epochs * length).Take(length).Average();
            write(string.Create(CultureInfo.InvariantCulture, $"epoch: {_epochs + 1} loss: {mean:G4}"));
        }
    }
}
