using System.Runtime.InteropServices;

namespace Zssr.Tensors;

/// <summary>A buffer for intermediate values, kept from call to call and grown when a call needs more.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    /// <summary>A cache line: no vector straddles two, and no two threads' buffers share one.</summary>
    public const int Alignment = 64;

    private const int FloatsPerLine = Alignment / sizeof(float);

    private float* _start;
    private long _capacity;

    /// <summary>Room for this many floats, aligned, with unspecified content. What an earlier call returned is no longer valid.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more memory.</exception>
    public float* Reserve(long floats)
    {
        if (floats > _capacity)
        {
            Dispose();
            long bytes = checked(floats * sizeof(float));
            _start = (float*)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)HugePages.AlignmentFor(bytes, Alignment));
            HugePages.Request(_start, bytes);
            _capacity = floats;
        }

        return _start;
    }

    /// <summary>A size rounded up so that what follows it in the same buffer is aligned again.</summary>
    public static long Lines(long floats) => (floats + FloatsPerLine - 1) / FloatsPerLine * FloatsPerLine;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
        _capacity = 0;
    }
}
