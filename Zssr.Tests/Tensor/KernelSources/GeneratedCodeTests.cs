using System.Text.RegularExpressions;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Zssr.App.KernelPages;
using Zssr.Tensors;
using Zssr.Tensors.KernelSources;
using Zssr.Tests.Cuda;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors.KernelSources;

/// <summary>What is shown of a kernel is what devices get.</summary>
public partial class GeneratedCodeTests
{
    private static IEnumerable<CudaArchitecture> Architectures => PtxCompiler.Architectures;

    [TestCaseSource(nameof(Architectures))]
    public void PTX_has_an_entry_and_the_target_asked_for(CudaArchitecture architecture)
    {
        string name = PtxCompiler.Name(architecture);
        var code = GeneratedCode.ForCuda(Named("ElementwiseKernels.Map<float, Relu>"), name);

        // ILGPU knows no newer target than sm_80, which newer GPUs take.
        string target = architecture < CudaArchitecture.SM_80 ? name : "sm_80";
        Assert.That(code.Text, Does.Contain(".entry Kernel_Map").And.Contain($".target {target}\n").And.Contain(".f32"));
        Assert.That((code.Language, code.Target, code.Architecture), Is.EqualTo(("PTX", name, name)));
    }

    [Test]
    public void An_unknown_architecture_is_an_error() =>
        Assert.That(
            () => GeneratedCode.ForCuda(Named("TensorKernels.Widen"), "sm_81"),
            Throws.ArgumentException.With.Message.Contains("sm_81"));

    [Test]
    public void The_element_type_and_the_op_are_in_the_code()
    {
        Assert.That(GeneratedCode.ForCuda(Named("ElementwiseKernels.Map<double, Sqrt>"), "sm_80").Text, Does.Contain("sqrt.rn.f64"));
        Assert.That(GeneratedCode.ForCuda(Named("ElementwiseKernels.Map<float, Sqrt>"), "sm_80").Text, Does.Contain("sqrt.rn.f32"));
    }

    [TestCase("ElementwiseKernels.Map<float, Relu>")]
    [TestCase("TiledConv2dKernels.Forward<float>")]
    [Needs(Need.Pocl)]
    public void The_OpenCL_C_is_what_the_device_would_load(string name)
    {
        Zssr.Tensors.Device device = OpenDevices.Get(TestDevice.Pocl);
        KernelInstance kernel = Named(name);

        GeneratedCode code = GeneratedCode.For(kernel, device.Name)!;

        Assert.That(code.Text, Does.Contain($"kernel void Kernel_{kernel.Method.Name}("));
        Assert.That((code.Language, code.Architecture), Is.EqualTo(("OpenCL C", default(string))));
        Assert.That(code.Target, Does.StartWith(device.Name.ToString()).And.Contain(device.Info.Description));
        Assert.That(WithoutNumbers(code.Text), Is.EqualTo(WithoutNumbers(Loaded(device.Name, kernel))));
    }

    [Test]
    public void The_processor_gets_nothing() =>
        Assert.That(GeneratedCode.For(Named("ElementwiseKernels.Map<float, Relu>"), DeviceName.Cpu), Is.Null);

    [Test]
    [Needs(Need.Rusticl)]
    public void A_device_that_cannot_have_a_kernel_says_so_with_its_name_and_the_kernels()
    {
        Zssr.Tensors.Device device = OpenDevices.Get(TestDevice.Rusticl);
        Assert.That(
            () => GeneratedCode.For(Named("ElementwiseKernels.Map<double, Relu>"), device.Name),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("Map<double, Relu>").And.Message.Contains(device.Name.ToString())
                .And.Message.Contains("Float64"));
    }

    [Test]
    public void A_device_that_does_not_exist_is_told() =>
        Assert.That(
            () => GeneratedCode.For(Named("TensorKernels.Widen"), new DeviceName(DeviceKind.OpenCl, 99)),
            Throws.InstanceOf<DeviceUnavailableException>().With.Message.Contains("opencl:99"));

    [TestCase("TiledConv2dKernels.Forward<float>")]
    [TestCase("DirectWeightGradientKernels.Slabs<float>")] // its registers differ from generation to generation
    [Needs(Need.Ptxas)]
    public void What_a_GPU_needs_to_run_it_is_what_the_table_of_all_kernels_says(string name)
    {
        PtxasReport report = new CudaAssembly(CudaAssembly.RequiredPtxas()).Report(Named(name), CudaArchitecture.SM_80);

        GpuNeeds needs = GpuNeeds.Of(GeneratedCode.ForCuda(Named(name), "sm_80"))!;

        Assert.That(needs.Report, Is.EqualTo(report));
        Assert.That(needs.ToString(), Does.StartWith($"{report.Registers} registers, "));
    }

    [Test]
    public void What_is_needed_is_said_in_words()
    {
        var modest = new GpuNeeds(new PtxasReport(24, 0, 0, 0, 0), "");
        var spilling = new GpuNeeds(new PtxasReport(255, 4096, 16, 24, 32), "");
        Assert.That(modest.ToString(), Is.EqualTo("24 registers, no shared memory, no stack, no spills"));
        Assert.That(spilling.ToString(), Is.EqualTo(
            "255 registers, 4096 bytes of shared memory, 16 bytes of stack, 24 bytes spilled and 32 reloaded"));
    }

    private static KernelInstance Named(string name) => KernelCatalogue.All().Single(kernel => kernel.Name == name);

    /// <summary>What ILGPU gives the driver when a kernel is loaded.</summary>
    private static string Loaded(DeviceName name, KernelInstance kernel)
    {
        // A device of its own: ILGPU hands out one kernel object for all, and disposing it takes it from everybody.
        using var device = Zssr.Tensors.Device.Open(name);
        using DeviceCall call = device.Begin("test");
        using Kernel loaded = device.Accelerator.LoadKernel(kernel.Method);
        return ((CLCompiledKernel)loaded.CompiledKernel).Source;
    }

    /// <summary>ILGPU numbers types and labels in the order of all that it has compiled so far.</summary>
    private static string WithoutNumbers(string source) => Numbered().Replace(source, "$1_#");

    [GeneratedRegex(@"\b(type|L)_\d+")]
    private static partial Regex Numbered();
}
