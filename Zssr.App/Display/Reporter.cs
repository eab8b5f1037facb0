namespace Zssr.App.Display;

/// <summary>Unlike <see cref="Progress{T}"/>, it reports on the thread that runs, so that what it throws ends the run.</summary>
internal sealed class Reporter<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
