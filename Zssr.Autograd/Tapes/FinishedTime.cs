using System.Diagnostics;
using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>Times work on a device from when it is idle to when it is idle again, so that nothing queued before or after counts.</summary>
internal static class FinishedTime
{
    public static T Of<T>(Device device, Func<T> work, out TimeSpan time)
    {
        device.Synchronize();
        var clock = Stopwatch.StartNew();
        T result = work();
        device.Synchronize();
        time = clock.Elapsed;
        return result;
    }
}
