using ILGPU.Runtime;

namespace Zssr.Tensors;

/// <summary>
/// The kernels that a device has compiled so far, found by the method they were compiled from.
/// C# keeps one delegate per place that names a kernel, so comparing references is enough, and takes a few nanoseconds.
/// </summary>
internal sealed class KernelCache
{
    private readonly Dictionary<Delegate, Delegate> _launchers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The launcher of a kernel; compiles it when it is asked for the first time.</summary>
    public TLauncher Get<TKernel, TLauncher>(TKernel kernel, Accelerator accelerator, Func<Accelerator, TKernel, TLauncher> compile)
        where TKernel : Delegate
        where TLauncher : Delegate
    {
        if (_launchers.TryGetValue(kernel, out Delegate? known))
            return (TLauncher)known;
        TLauncher launcher = compile(accelerator, kernel);
        _launchers.Add(kernel, launcher);
        return launcher;
    }
}
