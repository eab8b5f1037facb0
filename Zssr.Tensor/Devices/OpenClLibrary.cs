using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;
using ILGPU.Runtime.OpenCL;

namespace Zssr.Tensors;

/// <summary>Two obstacles between ILGPU and the OpenCL drivers that people have, removed.</summary>
internal static class OpenClLibrary
{
    /// <summary>
    /// ILGPU loads a library named <c>OpenCL</c>. On Linux that file comes only with development packages; a run-time
    /// installation has <c>libOpenCL.so.1</c>, which is tried when the first name was not found.
    /// </summary>
    /// <remarks>
    /// The event fires only for names that the usual search did not find, so nothing else changes. Adding it twice does no harm.
    /// </remarks>
    public static void FindRuntimeLibrary()
    {
        AssemblyLoadContext? loader = AssemblyLoadContext.GetLoadContext(typeof(Context).Assembly);
        if (loader is null)
            return;
        loader.ResolvingUnmanagedDll -= LoadVersioned;
        loader.ResolvingUnmanagedDll += LoadVersioned;
    }

    private static nint LoadVersioned(Assembly assembly, string name) =>
        name == "OpenCL" && NativeLibrary.TryLoad("libOpenCL.so.1", out nint handle) ? handle : 0;

    /// <summary>
    /// ILGPU refuses devices without OpenCL's generic address space (pocl 3, rusticl, many open and mobile drivers), although
    /// code compiled at <see cref="OptimizationLevel.O2"/> does not use it unless a pointer may be to either global or local
    /// memory. Our kernels have no such pointer, so the device may say that it has the feature.
    /// </summary>
    public static void AllowWithoutGenericAddressSpace(CLDevice device) => SetGenericAddressSpace(device.Capabilities, true);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_GenericAddressSpace")]
    private static extern void SetGenericAddressSpace(CLCapabilityContext capabilities, bool value);
}
