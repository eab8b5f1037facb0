using System.Collections.Concurrent;
using ILGPU.Runtime.Cuda;
using Zssr.Tensors.KernelSources;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Cuda;

/// <summary>Assembles kernels for each GPU generation, each kernel once however many tests ask for it.</summary>
internal sealed class CudaAssembly(Ptxas ptxas)
{
    /// <summary>The GPU generations that every kernel must assemble for: Volta, Ampere, Hopper.</summary>
    /// <remarks>ptxas 11.8, the one in Debian 12, knows all three.</remarks>
    public static readonly CudaArchitecture[] Architectures = [CudaArchitecture.SM_70, CudaArchitecture.SM_80, CudaArchitecture.SM_90];

    private readonly ConcurrentDictionary<(KernelInstance, CudaArchitecture), Lazy<PtxasReport>> reports = new();

    /// <summary>The assembler of this machine, for a test that said that it needs one.</summary>
    public static Ptxas RequiredPtxas()
    {
        Requirement.Of(Need.Ptxas).MustBeDeclared();
        return Ptxas.Find()!;
    }

    /// <summary>What the assembler says of the kernel; throws what ILGPU or ptxas threw, at every call.</summary>
    public PtxasReport Report(KernelInstance kernel, CudaArchitecture architecture) =>
        reports.GetOrAdd((kernel, architecture), _ => new Lazy<PtxasReport>(() =>
            ptxas.Assemble(PtxCompiler.Compile(kernel.Method, architecture), PtxCompiler.Name(architecture)))).Value;

    /// <summary>One line of the table: kernel, architecture, and what the kernel needs or why it does not assemble.</summary>
    public string Line(KernelInstance kernel, CudaArchitecture architecture)
    {
        string outcome;
        try
        {
            outcome = Report(kernel, architecture).ToString();
        }
        catch (Exception error)
        {
            outcome = $"FAILED: {error.GetType().Name}: {error.Message.Split('\n')[0]}";
        }
        return $"{kernel.Name,-64} {PtxCompiler.Name(architecture)}  {outcome}";
    }
}
