using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zssr.Tensors;

/// <summary>The processor as a device of its own: its threads, its widest vectors, and the scratch memory of the works it runs.</summary>
/// <remarks>
/// One caller at a time; the device's lock sees to that. A result depends on <see cref="Threads"/> and <see cref="VectorBits"/>
/// (the order of additions follows them), and on nothing else: the same call gives the same bits again.
/// </remarks>
internal sealed unsafe class Host : IDisposable
{
    // Waking a thread costs as much as some ten thousand elements.
    private const long WorthAnotherThread = 16384;

    private readonly long _costPerPart;
    private readonly HostThreads _threads;
    private readonly AlignedMemory[] _scratch;

    /// <param name="threads">Threads to compute with; 0: one per processor.</param>
    /// <param name="vectorBits">512, 256 or 128; 0: the widest that the hardware has. Any of them works everywhere, if slowly.</param>
    /// <param name="costPerPart">
    /// Work that is worth another thread, as <see cref="IHostWork.Cost"/> counts it; 1 always takes all of them.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// threads is negative, costPerPart is not positive, or vectorBits is none of these.
    /// </exception>
    public Host(int threads = 0, int vectorBits = 0, long costPerPart = WorthAnotherThread)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(costPerPart, 1);
        if (vectorBits is not (0 or 128 or 256 or 512))
            throw new ArgumentOutOfRangeException(nameof(vectorBits), vectorBits, "Vectors have 512, 256 or 128 bits; 0 picks the best.");

        _costPerPart = costPerPart;
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        VectorBits = vectorBits == 0 ? WidestVector : vectorBits;
        _threads = new HostThreads(Threads);
        _scratch = new AlignedMemory[Threads];
        for (int i = 0; i < Threads; i++)
            _scratch[i] = new AlignedMemory();
    }

    /// <summary>Threads that share a work.</summary>
    public int Threads { get; }

    /// <summary>Bits of a vector: 512, 256 or 128.</summary>
    public int VectorBits { get; }

    /// <summary>Floats in a vector.</summary>
    public int Lanes => VectorBits / 32;

    /// <summary>Memory that all parts of a work share, such as packed weights. To be reserved before the work runs.</summary>
    public AlignedMemory Shared { get; } = new();

    /// <summary>Memory of one part of the running work.</summary>
    public AlignedMemory Scratch(int part) => _scratch[part];

    /// <summary>How many parts a work of this cost is cut into.</summary>
    public int Parts(long cost) => (int)Math.Clamp(cost / _costPerPart, 1, Threads);

    private static int WidestVector => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Does a work, cut into as many parts as it is worth, and returns when it is done.</summary>
    /// <exception cref="Exception">What a part threw.</exception>
    public void Run<TWork>(in TWork work)
        where TWork : struct, IHostWork
    {
        // The copy lies on this stack, which stays put until all parts have ended: the threads may hold its address.
        TWork onStack = work;
        delegate*<void*, int, int, void> job = VectorBits switch
        {
            512 => &Job<TWork, Vector512<float>, Simd512>,
            256 => &Job<TWork, Vector256<float>, Simd256>,
            _ => &Job<TWork, Vector128<float>, Simd128>,
        };
        _threads.Run(job, Unsafe.AsPointer(ref onStack), Parts(work.Cost));
    }

    /// <summary>Ends the threads and frees the scratch memory.</summary>
    public void Dispose()
    {
        _threads.Dispose();
        Shared.Dispose();
        foreach (AlignedMemory scratch in _scratch)
            scratch.Dispose();
    }

    private static void Job<TWork, V, S>(void* work, int part, int parts)
        where TWork : struct, IHostWork
        where V : struct
        where S : struct, ISimd<V> => Unsafe.AsRef<TWork>(work).Run<V, S>(part, parts);
}
