using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Zssr.Tensors;

/// <summary>Finds the devices of this computer.</summary>
public static class DeviceCatalog
{
    /// <summary>Every device found, usable or not: the processor first, then OpenCL's, then CUDA's.</summary>
    public static IReadOnlyList<DeviceInfo> List()
    {
        var found = new List<DeviceInfo> { Processor() };
        found.AddRange(Enumerate(DeviceKind.OpenCl, builder => OpenClDevices(builder), DescribeOpenCl));
        found.AddRange(Enumerate(DeviceKind.Cuda, builder => builder.Cuda(), DescribeCuda));
        return found;
    }

    /// <summary>Why there is no device of this kind at all, and the cure; null where there is one.</summary>
    public static string? WhyNone(DeviceKind kind)
    {
        if (kind == DeviceKind.Cpu || List().Any(device => device.Name.Kind == kind))
            return null;
        if (kind == DeviceKind.Cuda)
            return "no CUDA device: no NVIDIA driver was found. For an NVIDIA GPU, install its driver; the CUDA toolkit is not needed.";

        OpenClLibrary.FindRuntimeLibrary();
        bool hasLoader = NativeLibrary.TryLoad("OpenCL", typeof(Context).Assembly, null, out _)
            || NativeLibrary.TryLoad("libOpenCL.so.1", out _);
        return hasLoader
            ? "no OpenCL device: the OpenCL loader is installed, but no driver offers a device. Install your GPU vendor's OpenCL driver "
              + "(on Debian: mesa-opencl-icd, intel-opencl-icd, or pocl-opencl-icd for the processor)."
            : "no OpenCL device: there is no OpenCL library. Install your GPU's driver (on Debian: ocl-icd-libopencl1 and the vendor's "
              + "driver, such as mesa-opencl-icd or intel-opencl-icd).";
    }

    /// <summary>The description of the processor, which always exists.</summary>
    internal static DeviceInfo Processor() => new(
        DeviceName.Cpu,
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}",
        "this computer",
        $".NET {Environment.Version}",
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        SupportsFloat64: true,
        IsGpu: false);

    /// <summary>Registers all OpenCL devices, also those that ILGPU would refuse.</summary>
    internal static Context.Builder OpenClDevices(Context.Builder builder)
    {
        OpenClLibrary.FindRuntimeLibrary();
        return builder.OpenCL(device =>
        {
            // An exception in here would make the device vanish without a word.
            if (device.Capabilities is not null)
                OpenClLibrary.AllowWithoutGenericAddressSpace(device);
            return true;
        });
    }

    private static List<DeviceInfo> Enumerate(
        DeviceKind kind, Action<Context.Builder> register, Func<DeviceName, ILGPU.Runtime.Device, DeviceInfo> describe)
    {
        try
        {
            using var context = Context.Create(builder => register(builder));
            return
            [
                .. context.Devices
                    .Where(device => device is not CPUDevice)
                    .Select((device, i) => describe(new DeviceName(kind, i), device)),
            ];
        }
        catch (Exception failure) when (
            failure is DllNotFoundException or EntryPointNotFoundException or AcceleratorException or NotSupportedException)
        {
            return []; // no driver of this kind: WhyNone says what to do about it
        }
    }

    /// <summary>What OpenCL says of a device, with the problem where our kernels cannot run there.</summary>
    internal static DeviceInfo DescribeOpenCl(DeviceName name, ILGPU.Runtime.Device device)
    {
        var cl = (CLDevice)device;
        string version = CLAPI.CurrentAPI.GetDeviceInfo(cl.DeviceId, CLDeviceInfoType.CL_DRIVER_VERSION);
        string driver = $"{cl.PlatformName.Trim()} {version.Trim()}";
        (string? problem, string? cure) = cl switch
        {
            { Capabilities: null } => ("ILGPU could not read its capabilities", "Update the driver."),
            { CLStdVersion: { Major: < 1 } or { Major: 1, Minor: < 2 } } =>
                ($"it offers OpenCL C {cl.CLStdVersion}; 1.2 is needed", "Update the driver."),
            _ => default((string?, string?)),
        };
        return new DeviceInfo(
            name, cl.Name.Trim(), cl.VendorName.Trim(), driver, cl.MemorySize,
            cl.Capabilities?.Float64 ?? false, cl.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU), problem, cure);
    }

    /// <summary>What CUDA says of a device, with the problem where ILGPU does not know it.</summary>
    internal static DeviceInfo DescribeCuda(DeviceName name, ILGPU.Runtime.Device device)
    {
        var cuda = (CudaDevice)device;
        bool known = cuda.Architecture.HasValue && cuda.InstructionSet.HasValue;
        return new DeviceInfo(
            name, cuda.Name.Trim(), "NVIDIA", $"CUDA {cuda.DriverVersion}, sm {cuda.Architecture}", cuda.MemorySize,
            SupportsFloat64: true, IsGpu: true,
            known ? null : "its architecture or driver is unknown to ILGPU",
            known ? null : "Update the NVIDIA driver, or use the GPU through OpenCL.");
    }
}
