using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace Zssr.Tensors.KernelSources;

/// <summary>Compiles kernels to PTX as ILGPU does on an NVIDIA GPU, but without one.</summary>
public static class PtxCompiler
{
    /// <summary>Every GPU generation that this can compile for, from Maxwell to Blackwell.</summary>
    public static IReadOnlyList<CudaArchitecture> Architectures { get; } =
    [
        CudaArchitecture.SM_50, CudaArchitecture.SM_52, CudaArchitecture.SM_53,
        CudaArchitecture.SM_60, CudaArchitecture.SM_61, CudaArchitecture.SM_62,
        CudaArchitecture.SM_70, CudaArchitecture.SM_72, CudaArchitecture.SM_75,
        CudaArchitecture.SM_80, CudaArchitecture.SM_86, CudaArchitecture.SM_87, CudaArchitecture.SM_89,
        CudaArchitecture.SM_90,
        CudaArchitecture.SM_100, CudaArchitecture.SM_101, CudaArchitecture.SM_103, CudaArchitecture.SM_120, CudaArchitecture.SM_121,
    ];

    /// <summary>The PTX text of an explicitly grouped kernel without open generic parameters.</summary>
    /// <remarks>
    /// ILGPU 1.5.3 never writes a newer target than sm_80 into it; drivers and ptxas turn that into code of newer generations.
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

    /// <summary>The first version of PTX that knows the architecture, so that the oldest assembler that can will take the text.</summary>
    private static CudaInstructionSet InstructionSet(CudaArchitecture architecture) => (architecture.Major, architecture.Minor) switch
    {
        ( < 7, _) or (7, < 5) => CudaInstructionSet.ISA_60,
        (7, _) => CudaInstructionSet.ISA_63,
        (8, < 6) => CudaInstructionSet.ISA_70,
        (8, 6) => CudaInstructionSet.ISA_71,
        (8, 7) => CudaInstructionSet.ISA_74,
        (8 or 9, _) => CudaInstructionSet.ISA_78,
        (10, < 3) => CudaInstructionSet.ISA_86,
        (12, < 1) => CudaInstructionSet.ISA_87,
        _ => CudaInstructionSet.ISA_88,
    };
}
