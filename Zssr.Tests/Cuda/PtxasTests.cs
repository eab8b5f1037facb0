using ILGPU.Runtime.Cuda;
using Zssr.Tensors.KernelSources;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors.KernelSources;

namespace Zssr.Tests.Cuda;

/// <summary>That the check of the CUDA kernels can fail.</summary>
public class PtxasTests
{
    [Test]
    [Needs(Need.Ptxas)]
    public void A_broken_instruction_is_refused()
    {
        Ptxas ptxas = CudaAssembly.RequiredPtxas();
        string ptx = Compile(nameof(SampleKernels.Plain));
        string broken = ptx.Replace("ret;", "frobnicate.f32 %f1, %f2;\n\tret;", StringComparison.Ordinal);

        Assert.That(() => ptxas.Assemble(ptx, "sm_80"), Throws.Nothing);
        Assert.That(() => ptxas.Assemble(broken, "sm_80"), Throws.TypeOf<PtxasException>().With.Message.Contains("frobnicate"));
    }

    [Test]
    [Needs(Need.Ptxas)]
    public void A_local_array_too_large_for_registers_is_reported_as_stack()
    {
        PtxasReport report = CudaAssembly.RequiredPtxas().Assemble(Compile(nameof(SampleKernels.HugeLocalArray)), "sm_80");

        Assert.That(report.StackBytes, Is.GreaterThanOrEqualTo(2048 * sizeof(float)));
    }

    [Test]
    public void A_report_is_read_with_its_spills_shared_memory_and_functions()
    {
        const string output = """
            ptxas info    : 0 bytes gmem
            ptxas info    : Compiling entry function 'Tiled' for 'sm_80'
            ptxas info    : Function properties for Tiled
                16 bytes stack frame, 24 bytes spill stores, 32 bytes spill loads
            ptxas info    : Used 255 registers, 416 bytes cmem[0], 14400 bytes smem
            ptxas info    : Function properties for Called
                8 bytes stack frame, 0 bytes spill stores, 4 bytes spill loads
            """;

        var report = PtxasReport.Parse(output);

        Assert.That(report, Is.EqualTo(new PtxasReport(
            Registers: 255, SharedBytes: 14400, StackBytes: 24, SpillStoreBytes: 24, SpillLoadBytes: 36)));
        Assert.That(report.Spills);
    }

    [Test]
    public void Multiply_adds_are_counted_in_the_kernel_and_in_its_hottest_innermost_loop()
    {
        const string listing = """
            .text.Kernel:
                    /*0000*/                   MOV R1, c[0x0][0x28] ;
                    /*0010*/                   FFMA R2, R2, R3, R4 ;
            .L_x_1:
                    /*0020*/                   IMAD.WIDE R6, R4, R7, c[0x0][0x160] ;
            .L_x_0:
                    /*0030*/                   LDG.E R0, [R6.64] ;
                    /*0040*/              @!P1 FFMA.FTZ R5, R0, R3, R5 ;
                    /*0050*/                   FFMA R8, R0, R2, R8 ;
                    /*0060*/               @P0 BRA `(.L_x_0) ;
                    /*0070*/               @P2 BRA `(.L_x_1) ;
                    /*0080*/                   EXIT ;
            .L_x_2:
                    /*0090*/                   BRA `(.L_x_2);
                    /*00a0*/                   NOP;
            """;

        Assert.That(SassReport.Parse(listing), Is.EqualTo(new SassReport(
            Instructions: 11, MultiplyAdds: 3, LoopInstructions: 4, LoopMultiplyAdds: 2)));
    }

    [Test]
    public void A_listing_without_instructions_is_an_error() =>
        Assert.That(() => SassReport.Parse("nvdisasm fatal   : Memory allocation failure"), Throws.TypeOf<FormatException>());

    private static string Compile(string kernel) =>
        PtxCompiler.Compile(typeof(SampleKernels).GetMethod(kernel)!, CudaArchitecture.SM_80);
}
