using ILGPU;
using ILGPU.Runtime;

namespace Zssr.Tensors;

/// <summary>
/// How many work-items to start. Kernels go over their elements in steps of the grid, so any number is right; these are fast.
/// </summary>
internal static class LaunchSize
{
    // Enough to fill large GPUs; beyond that a work-item takes several elements. pocl runs the work-items of a group one after another,
    // each to its end, so steps of the whole grid are jumps through memory there: x + y of a million elements took 0.71 ms in four
    // steps and 0.35 in one.
    private const int MostGroups = 16384;

    /// <summary>For a kernel whose work-items do not work together.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="count">Elements to go over.</param>
    /// <param name="preferredGroup">Work-items in a group, where the device can choose.</param>
    public static KernelConfig Elements(Device device, long count, int preferredGroup = 64)
    {
        Accelerator accelerator = device.Accelerator;
        if (accelerator.AcceleratorType == AcceleratorType.CPU)
            return new KernelConfig(accelerator.NumMultiprocessors, accelerator.MaxNumThreadsPerGroup);

        int group = Math.Min(preferredGroup, accelerator.MaxNumThreadsPerGroup);
        return new KernelConfig((int)Math.Clamp((count + group - 1) / group, 1, MostGroups), group);
    }

    /// <summary>The largest group of work-items that can share memory and wait for each other there.</summary>
    public static int LargestGroup(Device device) => device.Accelerator.MaxNumThreadsPerGroup;
}
