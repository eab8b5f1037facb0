using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;
using ILGPU.Runtime.OpenCL;

namespace Zssr.Tests.Devices;

/// <summary>OpenCL through ILGPU alone, for tests of the test tools, which must not depend on the product that they test.</summary>
internal static class BareOpenCl
{
    /// <summary>A context with every OpenCL device of the machine.</summary>
    /// <remarks>
    /// ILGPU refuses devices without the generic address space, though kernels need none once they are optimised (O2) and keep off
    /// dynamic shared memory and atomics; so it is told that each device has it.
    /// </remarks>
    public static Context CreateContext()
    {
        AssemblyLoadContext.Default.ResolvingUnmanagedDll -= LoadRuntimeLibrary;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += LoadRuntimeLibrary;
        return Context.Create(builder => builder
            .OpenCL(device =>
            {
                SetGenericAddressSpace(device.Capabilities, true);
                return true;
            })
            .Optimize(OptimizationLevel.O2)
            .EnableAlgorithms());
    }

    /// <summary>The OpenCL devices; empty where the machine has none, or no OpenCL at all.</summary>
    public static IReadOnlyList<(string Name, bool HasFloat64)> Devices()
    {
        using Context context = CreateContext();
        return
        [
            .. context.Devices.OfType<CLDevice>()
                .Select(device => ($"{device.Name.Trim()} ({device.PlatformName.Trim()})", device.Capabilities.Float64)),
        ];
    }

    /// <summary>ILGPU asks for "OpenCL", a name that only development packages install; at run time it is libOpenCL.so.1.</summary>
    private static nint LoadRuntimeLibrary(System.Reflection.Assembly _, string name) =>
        name == "OpenCL" && NativeLibrary.TryLoad("libOpenCL.so.1", out nint library) ? library : 0;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_GenericAddressSpace")]
    private static extern void SetGenericAddressSpace(CLCapabilityContext capabilities, bool value);
}
