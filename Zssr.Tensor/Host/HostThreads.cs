using System.Runtime.ExceptionServices;

namespace Zssr.Tensors;

/// <summary>
/// Threads that live as long as their owner and do one job after another. A worker spins for a moment after a job, because in a
/// training step the next one comes at once; then it blocks, so that an idle device costs nothing.
/// </summary>
/// <remarks>One caller at a time; the device's lock sees to that.</remarks>
internal sealed unsafe class HostThreads : IDisposable
{
    private readonly Worker[] _workers;
    private delegate*<void*, int, int, void> _job;
    private void* _context;
    private int _parts;
    private int _unfinished;
    private int _running;
    private Exception? _error;
    private volatile bool _disposed;

    /// <param name="count">Threads in all, the caller's among them; 1 or more.</param>
    public HostThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _workers = new Worker[count - 1];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this, part: i + 1);
    }

    /// <summary>Threads in all, the caller's among them.</summary>
    public int Count => _workers.Length + 1;

    /// <summary>
    /// Calls job(context, part, parts) for every part: part 0 on the caller's thread, the others on one worker each. Returns when all have
    /// ended. Nothing is allocated, which is why this takes a function pointer.
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
        for (int i = 0; i < parts - 1; i++)
            _workers[i].Start();
        RunPart(0);

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

    /// <summary>One thread and the two numbers through which it is told to start.</summary>
    private sealed class Worker : IDisposable
    {
        // 0.25 µs each: about 100 µs of looking for the next job before the thread blocks.
        private const int SpinsBeforeBlocking = 400;
        private const int SpinLength = 8;

        private readonly HostThreads _owner;
        private readonly int _part;
        private readonly Thread _thread;
        private readonly SemaphoreSlim _wake = new(0);
        private int _started;
        private int _asleep;

        public Worker(HostThreads owner, int part)
        {
            (_owner, _part) = (owner, part);
            _thread = new Thread(Loop) { IsBackground = true, Name = $"Zssr host {part}" };
            _thread.Start();
        }

        /// <summary>
        /// Announces a job. Whoever takes _asleep back to 0 has the last word: here it means that the worker blocks, or is about to,
        /// and needs the semaphore.
        /// </summary>
        public void Start()
        {
            Interlocked.Increment(ref _started);
            if (Interlocked.Exchange(ref _asleep, 0) == 1)
                _wake.Release();
        }

        public void Dispose()
        {
            Start();
            _thread.Join();
            _wake.Dispose();
        }

        private void Loop()
        {
            for (int seen = 0; ; seen++)
            {
                WaitForJob(seen);
                if (_owner._disposed)
                    return;
                _owner.RunPart(_part);
            }
        }

        private void WaitForJob(int seen)
        {
            for (int spin = 0; spin < SpinsBeforeBlocking; spin++)
            {
                if (Volatile.Read(ref _started) != seen)
                    return;
                Thread.SpinWait(SpinLength);
            }

            // A wake-up is a hint, not a job: a caller that was held up between its two steps wakes the worker for a job that it had
            // seen while it spun, and has done. Only _started says whether there is one.
            while (Volatile.Read(ref _started) == seen)
            {
                Interlocked.Exchange(ref _asleep, 1);
                bool cameMeanwhile = Volatile.Read(ref _started) != seen && Interlocked.Exchange(ref _asleep, 0) == 1;
                if (!cameMeanwhile)
                    _wake.Wait();
            }
        }
    }
}
