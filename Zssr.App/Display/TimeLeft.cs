using System.Diagnostics;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>Estimates how long a phase of a run will still take, from its pace so far.</summary>
internal sealed class TimeLeft
{
    private readonly Stopwatch _clock = new();
    private (int Stage, RunPhase Phase, int Attempt) _measured;
    private int _first;

    /// <summary>Starts again.</summary>
    public void Restart()
    {
        _clock.Reset();
        _measured = (-1, default, 0);
    }

    /// <summary>The estimate for the current phase; null as long as there is nothing to go by.</summary>
    public TimeSpan? After(RunProgress progress)
    {
        (int, RunPhase, int) current = (progress.Stage, progress.Phase, progress.History.Collapses.Count + progress.History.Divergences.Count);
        if (_measured != current)
        {
            (_measured, _first) = (current, progress.Done);
            _clock.Restart();
        }

        int done = progress.Done - _first;
        return done > 0 ? _clock.Elapsed * ((double)(progress.Total - progress.Done) / done) : null;
    }
}
