namespace Zssr.Autograd;

/// <summary>How many scopes in which nothing is recorded are open on a tape, and scopes that open and close them.</summary>
internal sealed class RecordingScope
{
    private int _without;

    /// <summary>Whether functions are recorded.</summary>
    public bool IsRecording => _without == 0;

    /// <summary>Nothing is recorded until it is disposed.</summary>
    public IDisposable Without() => new Change(this, +1);

    /// <summary>Everything is recorded until it is disposed, also within a scope in which nothing would be.</summary>
    public IDisposable With() => new Change(this, -_without);

    private sealed class Change : IDisposable
    {
        private readonly int _by;
        private RecordingScope? _scope;

        public Change(RecordingScope scope, int by) => (_scope = scope)._without += _by = by;

        public void Dispose()
        {
            if (_scope is not null)
                _scope._without -= _by;
            _scope = null;
        }
    }
}
