using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using Zssr.Tensors.Kernels;

namespace Zssr.Tests.Cuda;

/// <summary>Compiles kernels to PTX as ILGPU does on an NVIDIA GPU, but without one.</summary>
internal static class PtxCompiler
{
    /// <summary>The GPU generations that every kernel must assemble for: Volta, Ampere, Hopper.</summary>
    /// <remarks>The PTX versions are old enough for ptxas 11.8, the one in Debian 12.</remarks>
    public static readonly CudaArchitecture[] Architectures = [CudaArchitecture.SM_70, CudaArchitecture.SM_80, CudaArchitecture.SM_90];

    /// <summary>The PTX text of an explicitly grouped kernel without open generic parameters.</summary>
    /// <remarks>
    /// A kernel that fails in ILGPU's front end poisons its context, and each later one fails with it; so every compilation has
    /// a context of its own, which also lets several run at once.
    /// </remarks>
    public static string Compile(MethodInfo kernel, CudaArchitecture architecture)
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).EnableAlgorithms().EnableFusedMultiplyAdd());
        using var backend = new PTXBackend(
            context, new CudaCapabilityContext(architecture), architecture, InstructionSet(architecture), nvvmAPI: null);
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default);
        return compiled.PTXAssembly;
    }

    /// <summary>The name that ptxas knows the architecture by, such as "sm_80".</summary>
    public static string Name(CudaArchitecture architecture) => $"sm_{architecture.Major}{architecture.Minor}";

    private static CudaInstructionSet InstructionSet(CudaArchitecture architecture) => architecture.Major switch
    {
        7 => CudaInstructionSet.ISA_60,
        8 => CudaInstructionSet.ISA_70,
        _ => CudaInstructionSet.ISA_78,
    };
}
