using System.Runtime.InteropServices;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

[Vectors]
public sealed unsafe class HostThreadsTests
{
    private const int Parts = 4;

    [Test]
    public void Every_part_runs_once_in_each_of_many_jobs()
    {
        using var threads = new HostThreads(Parts);
        int* calls = stackalloc int[Parts];

        for (int job = 0; job < 5000; job++)
            threads.Run(&CountCall, calls, Parts);

        Assert.That(new Span<int>(calls, Parts).ToArray(), Is.EqualTo(new[] { 5000, 5000, 5000, 5000 }));
    }

    [Test]
    public void Workers_that_have_gone_to_sleep_wake_for_the_next_job()
    {
        using var threads = new HostThreads(Parts);
        int* calls = stackalloc int[Parts];

        for (int job = 0; job < 5; job++)
        {
            threads.Run(&CountCall, calls, Parts);
            Thread.Sleep(20);
        }

        Assert.That(new Span<int>(calls, Parts).ToArray(), Is.EqualTo(new[] { 5, 5, 5, 5 }));
    }

    /// <summary>Each part waits until all have begun, so none can wait for the thread that does another.</summary>
    [Test]
    public void Parts_that_take_time_run_on_different_threads()
    {
        using var threads = new HostThreads(Parts);
        int* begunAndIds = stackalloc int[1 + Parts];

        threads.Run(&WaitForAll, begunAndIds, Parts);

        Assert.That(new Span<int>(begunAndIds + 1, Parts).ToArray(), Is.Unique.And.All.GreaterThan(0));
    }

    /// <summary>A worker that is held up costs nothing but its help: whoever is free does the parts that nobody has begun.</summary>
    [Test]
    public void Nobody_waits_for_a_worker_that_has_not_begun()
    {
        using var threads = new HostThreads(2);
        int* ids = stackalloc int[2];
        int byCaller = 0;

        for (int job = 0; job < 20; job++)
        {
            // The worker has gone to sleep meanwhile, and wakes later than the caller can do two parts of some nanoseconds.
            Thread.Sleep(20);
            threads.Run(&RecordThread, ids, 2);
            byCaller += ids[1] == Environment.CurrentManagedThreadId ? 1 : 0;
        }

        Assert.That(byCaller, Is.GreaterThan(0));
    }

    [TestCase(0)]
    [TestCase(2)]
    public void An_exception_in_a_part_reaches_the_caller_after_all_other_parts_have_ended(int failing)
    {
        using var threads = new HostThreads(Parts);
        int* state = stackalloc int[Parts + 1];
        state[Parts] = failing;

        Exception? error = Catch(threads, &FailInOnePart, state, Parts);

        Assert.That(error, Is.TypeOf<InvalidDataException>().With.Message.EqualTo($"part {failing}"));
        Assert.That(new Span<int>(state, Parts).ToArray().Sum(), Is.EqualTo(Parts - 1));
    }

    [Test]
    public void The_pool_works_on_after_an_exception()
    {
        using var threads = new HostThreads(Parts);
        int* state = stackalloc int[Parts + 1];
        state[Parts] = 1;
        Catch(threads, &FailInOnePart, state, Parts);
        new Span<int>(state, Parts).Clear();

        threads.Run(&CountCall, state, Parts);

        Assert.That(new Span<int>(state, Parts).ToArray(), Is.EqualTo(new[] { 1, 1, 1, 1 }));
    }

    [Test]
    public void A_job_within_a_job_is_refused_instead_of_hanging()
    {
        using var threads = new HostThreads(2);
        nint self = GCHandle.ToIntPtr(GCHandle.Alloc(threads));

        Exception? error = Catch(threads, &RunNested, &self, 2);

        GCHandle.FromIntPtr(self).Free();
        Assert.That(error, Is.TypeOf<InvalidOperationException>().With.Message.Contains("busy"));
    }

    [Test]
    public void After_disposal_jobs_are_refused()
    {
        var threads = new HostThreads(Parts);
        threads.Dispose();
        threads.Dispose();

        Exception? error = Catch(threads, &CountCall, null, 1);

        Assert.That(error, Is.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void A_dispatch_allocates_nothing()
    {
        using var host = new Host(threads: 2);
        host.Run(new Idle());
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
            host.Run(new Idle());

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_small_work_stays_on_one_thread_and_a_large_one_is_shared_by_all()
    {
        using var host = new Host(threads: 3);

        Assert.That((host.Parts(100), host.Parts(1_000_000)), Is.EqualTo((1, 3)));
    }

    private static Exception? Catch(HostThreads threads, delegate*<void*, int, int, void> job, void* context, int parts)
    {
        try
        {
            threads.Run(job, context, parts);
            return null;
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            return error;
        }
    }

    private static void CountCall(void* context, int part, int parts) => ((int*)context)[part]++;

    private static void RecordThread(void* context, int part, int parts) => ((int*)context)[part] = Environment.CurrentManagedThreadId;

    private static void WaitForAll(void* context, int part, int parts)
    {
        int* begun = (int*)context;
        begun[1 + part] = Environment.CurrentManagedThreadId;
        Interlocked.Increment(ref *begun);
        if (!SpinWait.SpinUntil(() => Volatile.Read(ref *begun) == parts, TimeSpan.FromSeconds(30)))
            throw new InvalidDataException("not all parts have begun");
    }

    private static void FailInOnePart(void* context, int part, int parts)
    {
        int* state = (int*)context;
        if (part == state[parts])
            throw new InvalidDataException($"part {part}");
        Thread.Sleep(5);
        state[part] = 1;
    }

    private static void RunNested(void* context, int part, int parts)
    {
        if (part == 0)
            ((HostThreads)GCHandle.FromIntPtr(*(nint*)context).Target!).Run(&CountCall, context, 1);
    }

    private readonly struct Idle : IHostWork
    {
        public long Cost => long.MaxValue;

        public void Run<V, S>(int part, int parts)
            where V : struct
            where S : struct, ISimd<V>
        {
        }
    }
}
