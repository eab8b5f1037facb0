using ILGPU.Runtime.Cuda;
using Zssr.Tensors.KernelSources;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Cuda;

/// <summary>Every kernel of the product, for all its type arguments, becomes machine code for three GPU generations.</summary>
[Needs(Need.Ptxas)]
[RunsApart]
[Parallelizable(ParallelScope.All)]
public class EveryKernelAssemblesForCuda
{
    private static readonly IReadOnlyList<KernelInstance> Kernels = KernelCatalogue.All();
    private CudaAssembly cuda = null!;

    [OneTimeSetUp]
    public void FindTheAssembler() => cuda = new CudaAssembly(CudaAssembly.RequiredPtxas());

    [TestCaseSource(nameof(Kernels))]
    public void A_kernel_assembles(KernelInstance kernel)
    {
        Assert.Multiple(() =>
        {
            foreach (CudaArchitecture architecture in CudaAssembly.Architectures)
            {
                Assert.That(() => cuda.Report(kernel, architecture), Throws.Nothing);
                TestContext.Out.WriteLine(cuda.Line(kernel, architecture));
            }
        });
    }

    [Test]
    public void All_kernels_in_one_table()
    {
        string[] lines = [.. Kernels.AsParallel().AsOrdered()
            .SelectMany(kernel => CudaAssembly.Architectures.Select(architecture => cuda.Line(kernel, architecture)))];

        TestContext.Progress.WriteLine(string.Join('\n', lines.Prepend($"CUDA: {Kernels.Count} kernels, as ptxas assembles them")));
        Assert.That(lines, Has.None.Contains("FAILED"));
    }

    /// <summary>Its speed rests on accumulators that stay in registers.</summary>
    [Test]
    public void The_tiled_convolution_spills_nothing()
    {
        if (Kernels.Count == 0)
            Assert.Fail("No kernel of the product was found.");
        KernelInstance[] tiled = [.. Kernels.Where(kernel =>
            kernel.Method.DeclaringType!.Name.Contains("TiledConv2d", StringComparison.Ordinal)
            && !kernel.Method.GetGenericArguments().Contains(typeof(double)))];

        Assert.That(tiled, Is.Not.Empty, "no kernel class named TiledConv2d… was found");
        Assert.Multiple(() =>
        {
            foreach (KernelInstance kernel in tiled)
                foreach (CudaArchitecture architecture in CudaAssembly.Architectures)
                {
                    PtxasReport report = cuda.Report(kernel, architecture);
                    TestContext.Out.WriteLine(cuda.Line(kernel, architecture));
                    Assert.That(report.Spills, Is.False, $"{kernel.Name} on {PtxCompiler.Name(architecture)}: {report}");
                }
        });
    }
}
