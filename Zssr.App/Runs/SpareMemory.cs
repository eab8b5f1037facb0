using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>Memory that large images leave behind: nobody needs it, and it would stay beside the next step's.</summary>
internal static class SpareMemory
{
    /// <summary>Less than this is not worth the time of a collection.</summary>
    private const long WorthCollecting = 128L << 20;

    /// <summary>How much the process had allocated, in bytes, at the last collection of this kind.</summary>
    private static long _allocated;

    /// <summary>Gives back to the system what the device and the garbage collector hold without need.</summary>
    public static void Release(Device device)
    {
        device.TrimMemory();
        // No more can be garbage than was allocated since the last time.
        long allocated = GC.GetTotalAllocatedBytes();
        if (Math.Min(allocated - Interlocked.Read(ref _allocated), GC.GetTotalMemory(forceFullCollection: false)) <= WorthCollecting)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        Interlocked.Exchange(ref _allocated, allocated);
    }
}
