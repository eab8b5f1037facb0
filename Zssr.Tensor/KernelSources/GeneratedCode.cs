using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Zssr.Tensors.KernelSources;

/// <summary>What ILGPU makes of a kernel, as a driver gets it.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Target">What it was made for, such as "opencl:0 (its name)" or "sm_80".</param>
/// <param name="Language">OpenCL C or PTX.</param>
/// <param name="Text">The code.</param>
/// <param name="Architecture">For PTX, the name that ptxas knows the architecture by; null for OpenCL C.</param>
public sealed record GeneratedCode(KernelInstance Kernel, string Target, string Language, string Text, string? Architecture)
{
    /// <summary>The code for a device of this computer; null for the processor, where ILGPU runs a kernel's IL itself.</summary>
    /// <exception cref="DeviceUnavailableException">There is no such device, or it cannot be used.</exception>
    /// <exception cref="DeviceException">ILGPU cannot compile the kernel for it.</exception>
    public static GeneratedCode? For(KernelInstance kernel, DeviceName device)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (device.Kind == DeviceKind.Cpu)
            return null;

        // A context of its own, as for every device that is opened: a kernel that fails to compile would spoil a shared one.
        (DeviceInfo info, Context context, Accelerator accelerator) = DeviceOpener.Open(device, new DeviceOptions());
        using (context)
        using (accelerator)
        using (Backend backend = BackendOf(context, accelerator.Device))
        {
            CompiledKernel compiled = Compile(
                kernel, device.ToString(),
                () => backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), default));
            string target = $"{device} ({info.Description})";
            return compiled is CLCompiledKernel openCl
                ? new GeneratedCode(kernel, target, "OpenCL C", openCl.Source, Architecture: null)
                : new GeneratedCode(
                    kernel, target, "PTX", ((PTXCompiledKernel)compiled).PTXAssembly, PtxCompiler.Name(((PTXBackend)backend).Architecture));
        }
    }

    /// <summary>The PTX for a GPU generation, whether this computer has such a GPU or not.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="architecture">The name of one of <see cref="PtxCompiler.Architectures"/>, such as "sm_80".</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    /// <exception cref="DeviceException">ILGPU cannot compile the kernel for it.</exception>
    public static GeneratedCode ForCuda(KernelInstance kernel, string architecture)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        CudaArchitecture named = PtxCompiler.Architectures.FirstOrDefault(known => PtxCompiler.Name(known) == architecture);
        if (named == default)
            throw new ArgumentException($"'{architecture}' is not a GPU generation that ILGPU compiles for.", nameof(architecture));
        return new GeneratedCode(
            kernel, architecture, "PTX", Compile(kernel, architecture, () => PtxCompiler.Compile(kernel.Method, named)), architecture);
    }

    /// <summary>A compiler like the one that ILGPU gives the device, and keeps to itself.</summary>
    private static Backend BackendOf(Context context, ILGPU.Runtime.Device device) => device switch
    {
        CLDevice openCl => new CLBackend(context, openCl.Capabilities, openCl.Vendor, openCl.CLStdVersion),
        CudaDevice cuda => new PTXBackend(
            context, (CudaCapabilityContext)cuda.Capabilities, cuda.Architecture!.Value, cuda.InstructionSet!.Value, nvvmAPI: null),
        _ => throw new InvalidOperationException($"no compiler is known for a device of the kind {device.GetType().Name}."),
    };

    private static T Compile<T>(KernelInstance kernel, string target, Func<T> compile)
    {
        try
        {
            return compile();
        }
        catch (Exception failure)
        {
            throw DeviceFailure.Translate(failure, target, $"compile {kernel}");
        }
    }
}
