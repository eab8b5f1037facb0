using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>Memory that large images leave behind: nobody needs it, and it would stay beside the next step's.</summary>
internal static class SpareMemory
{
    /// <summary>Less than this is not worth the time of a collection.</summary>
    private const long WorthCollecting = 128L << 20;

    /// <summary>Gives back to the system what the device and the garbage collector hold without need.</summary>
    public static void Release(Device device)
    {
        device.TrimMemory();
        if (GC.GetTotalMemory(forceFullCollection: false) > WorthCollecting)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }
}
