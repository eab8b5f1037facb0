using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Zssr.Tensors;

/// <summary>Asks for memory that will be needed soon, so that it is in the cache by then. Only speed depends on it.</summary>
internal static unsafe class Prefetch
{
    private const int FloatsPerLine = AlignedMemory.Alignment / sizeof(float);

    /// <summary>Asks for the cache lines of a range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Range(float* start, int floats)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < floats; i += FloatsPerLine)
            Sse.Prefetch1(start + i);
    }
}
