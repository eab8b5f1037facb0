using System.Diagnostics;
using Zssr.Nn;

namespace Zssr.App.Display;

/// <summary>Estimates how long a phase of a run will still take, from its pace so far.</summary>
internal sealed class TimeLeft
{
    private readonly Stopwatch _clock = new();
    private (int Stage, RunPhase Phase) _measured;
    private int _first;

    /// <summary>Starts anew.</summary>
    public void Restart()
    {
        _clock.Reset();
        _measured = (-1, default);
    }

    /// <summary>The estimate for the current phase; null as long as there is nothing to go by.</summary>
    public TimeSpan? After(RunProgress progress)
    {
        if (_measured != (progress.Stage, progress.Phase))
        {
            (_measured, _first) = ((progress.Stage, progress.Phase), progress.Done);
            _clock.Restart();
        }

        int done = progress.Done - _first;
        return done > 0 ? _clock.Elapsed * ((double)(progress.Total - progress.Done) / done) : null;
    }
}
