using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace Zssr.Tensors;

/// <summary>
/// Makes ILGPU's objects for a device, each in a Context of its own: a kernel that fails to compile spoils its whole Context.
/// </summary>
internal static class DeviceOpener
{
    public static (DeviceInfo Info, Context Context, Accelerator Accelerator) Open(DeviceName name, DeviceOptions options)
    {
        Check.Defined("open device", name.Kind);
        if (name.Kind == DeviceKind.Cpu)
            return OpenProcessor(options);

        Context? context = null;
        try
        {
            bool isCuda = name.Kind == DeviceKind.Cuda;
            context = Context.Create(builder => Configure(isCuda ? builder.Cuda() : DeviceCatalog.OpenClDevices(builder)));
            ILGPU.Runtime.Device? device = context.Devices.Where(d => d is not CPUDevice).Skip(name.Index).FirstOrDefault()
                ?? throw new DeviceUnavailableException(
                    $"there is no device {name}: {DeviceCatalog.WhyNone(name.Kind) ?? WhatExists()}", name.ToString());
            DeviceInfo info = isCuda ? DeviceCatalog.DescribeCuda(name, device) : DeviceCatalog.DescribeOpenCl(name, device);
            if (!info.IsUsable)
            {
                throw new DeviceUnavailableException(
                    $"{name} ({info.Description}) cannot be used: {info.Problem}. {info.Cure}", name.ToString());
            }

            return (info, context, device.CreateAccelerator(context));
        }
        catch (Exception failure) when (failure is not DeviceException)
        {
            DeviceFailure.IgnoreIfLost(() => context?.Dispose());
            throw new DeviceUnavailableException(
                $"{name} could not be opened: {DeviceCatalog.WhyNone(name.Kind) ?? failure.Message}", name.ToString(), failure);
        }
        catch
        {
            DeviceFailure.IgnoreIfLost(() => context?.Dispose());
            throw;
        }
    }

    /// <summary>A sentence that names every device of this computer.</summary>
    public static string WhatExists() =>
        "This computer has: "
        + string.Join(", ", DeviceCatalog.List().Select(d => $"{d.Name} ({(d.IsUsable ? d.Description : $"not usable: {d.Problem}")})"))
        + ". 'auto' takes the fastest.";

    /// <summary>At O0 and O1, ILGPU's OpenCL source needs the generic address space, which many drivers lack.</summary>
    private static Context.Builder Configure(Context.Builder builder) =>
        builder.Optimize(OptimizationLevel.O2).EnableAlgorithms().EnableFusedMultiplyAdd();

    private static (DeviceInfo Info, Context Context, Accelerator Accelerator) OpenProcessor(DeviceOptions options)
    {
        // ILGPU simulates a group with one thread per work-item that wait for each other; the fewer of them the better.
        int group = options.SimulatedGroupSize;
        int warp = Math.Min(group, 16);
        int multiprocessors = group > 2 ? 1 : options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var device = new CPUDevice(warp, group / warp, multiprocessors);
        var context = Context.Create(builder => Configure(builder).CPU(device));
        return (DeviceCatalog.Processor(), context, context.Devices[0].CreateAccelerator(context));
    }
}
