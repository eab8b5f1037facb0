using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Zssr.Tensors;

/// <summary>
/// Threads that live as long as their owner and do one job after another. A worker spins for a moment after a job, because in a
/// training step the next one comes at once; then it blocks, so that an idle device costs nothing.
/// </summary>
/// <remarks>
/// One caller at a time; the device's lock sees to that. Whoever is free takes the next part, the caller too: where another program holds a
/// processor, nobody waits for a worker that has not begun. Which thread does a part changes nothing in what the part does.
/// </remarks>
internal sealed unsafe class HostThreads : IDisposable
{
    private readonly Worker[] _workers;
    private delegate*<void*, int, int, void> _job;
    private void* _context;
    private int _parts;
    private int _unfinished;

    // The job's number in the upper half, how many of its parts nobody has taken in the lower: one word, so that a worker that was held up
    // cannot take a part of a later job in the belief that it is one of the job it had seen.
    private LoneWord _untaken;
    private int _running;
    private Exception? _error;
    private volatile bool _disposed;

    /// <param name="count">Threads in all, the caller's among them; 1 or more.</param>
    public HostThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _workers = new Worker[count - 1];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this, number: i + 1);
    }

    /// <summary>Threads in all, the caller's among them.</summary>
    public int Count => _workers.Length + 1;

    /// <summary>
    /// Calls job(context, part, parts) once for every part, the first on the caller's thread. Returns when all have ended. Nothing is
    /// allocated, which is why this takes a function pointer.
    /// </summary>
    /// <exception cref="Exception">The first exception that a part threw, after all parts have ended.</exception>
    public void Run(delegate*<void*, int, int, void> job, void* context, int parts)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Count);
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException(
                "The host's threads are busy: a job was started from within another job, or from a second thread.");
        }

        _job = job;
        _context = context;
        (_parts, _unfinished, _error) = (parts, parts, null);
        Volatile.Write(ref _untaken.Value, (((_untaken.Value >> 32) + 1) << 32) | (uint)(parts - 1));
        for (int i = 0; i < parts - 1; i++)
            _workers[i].Wake();
        RunPart(0);
        RunParts();

        var wait = new SpinWait();
        while (Volatile.Read(ref _unfinished) != 0)
            wait.SpinOnce(sleep1Threshold: -1);

        Exception? error = _error;
        Volatile.Write(ref _running, 0);
        if (error is not null)
            ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (Worker worker in _workers)
            worker.Dispose();
    }

    private bool HasUntaken => (uint)Volatile.Read(ref _untaken.Value) != 0;

    /// <summary>Does parts of the running job until all are taken.</summary>
    private void RunParts()
    {
        long untaken = Volatile.Read(ref _untaken.Value);
        while ((uint)untaken != 0)
        {
            long before = Interlocked.CompareExchange(ref _untaken.Value, untaken - 1, untaken);
            if (before == untaken)
            {
                // From here on the job cannot end without this part: its fields stay.
                RunPart(_parts - (int)(uint)untaken);
                before = Volatile.Read(ref _untaken.Value);
            }

            untaken = before;
        }
    }

    private void RunPart(int part)
    {
        try
        {
            _job(_context, part, _parts);
        }
#pragma warning disable CA1031 // Whatever a part throws belongs to the caller; on a worker's thread it would end the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _error, error, null);
        }
        finally
        {
            Interlocked.Decrement(ref _unfinished);
        }
    }

    /// <summary>A word in a cache line of its own: workers look at it all the time, and what lies beside it would suffer.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct LoneWord
    {
        [FieldOffset(64)]
        public long Value;
    }

    /// <summary>One thread, and the number through which it is woken.</summary>
    private sealed class Worker : IDisposable
    {
        // 0.25 µs each: about 100 µs of looking for the next job before the thread blocks.
        private const int SpinsBeforeBlocking = 400;
        private const int SpinLength = 8;

        private readonly HostThreads _owner;
        private readonly Thread _thread;
        private readonly SemaphoreSlim _wake = new(0);
        private int _asleep;

        public Worker(HostThreads owner, int number)
        {
            _owner = owner;
            _thread = new Thread(Loop) { IsBackground = true, Name = $"Zssr host {number}" };
            _thread.Start();
        }

        private bool IsNeeded => _owner.HasUntaken || _owner._disposed;

        /// <summary>
        /// To be called after a job was announced. Whoever takes _asleep back to 0 has the last word: here it means that the worker blocks,
        /// or is about to, and needs the semaphore.
        /// </summary>
        public void Wake()
        {
            if (Interlocked.Exchange(ref _asleep, 0) == 1)
                _wake.Release();
        }

        public void Dispose()
        {
            Wake();
            _thread.Join();
            _wake.Dispose();
        }

        private void Loop()
        {
            while (true)
            {
                WaitUntilNeeded();
                if (_owner._disposed)
                    return;
                _owner.RunParts();
            }
        }

        private void WaitUntilNeeded()
        {
            for (int spin = 0; spin < SpinsBeforeBlocking; spin++)
            {
                if (IsNeeded)
                    return;
                Thread.SpinWait(SpinLength);
            }

            // A wake-up is a hint, not a job: others may have taken all parts meanwhile.
            while (!IsNeeded)
            {
                Interlocked.Exchange(ref _asleep, 1);
                bool cameMeanwhile = IsNeeded && Interlocked.Exchange(ref _asleep, 0) == 1;
                if (!cameMeanwhile)
                    _wake.Wait();
            }
        }
    }
}
