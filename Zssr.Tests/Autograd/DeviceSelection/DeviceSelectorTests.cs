using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.DeviceSelection;

/// <summary>A device that computes wrongly is refused; one that has passed is not tested again.</summary>
[TestFixture]
public sealed class DeviceSelectorTests
{
    [Test]
    public void A_device_that_computes_wrongly_is_refused_and_the_op_named()
    {
        var selector = new DeviceSelector(quickTest: _ => "conv2d, stride 2: element 3 is 7; 8 is right");
        Assert.That(
            () => selector.Open("cpu"),
            Throws.TypeOf<DeviceUnavailableException>().With.Message.Contains("conv2d, stride 2").And.Message.Contains("rejected"));
    }

    [Test]
    public void The_quick_self_test_finds_a_wrong_result()
    {
        using Device device = Device.Open("cpu");
        OpCase wrong = new(
            "planted", "", [HostArray.Scalar(2)],
            tensors => Elementwise.Add(tensors[0], 1), inputs => inputs[0].Map(x => x + 1.001));
        Assert.That(SelfTest.FirstFailure(device, [wrong]), Does.Contain("planted").And.Contain("3.001"));
        Assert.That(SelfTest.RunQuick(device), Is.Null);
    }

    [Test]
    public void A_driver_that_gets_one_kernel_wrong_is_refused(
        [ValueSource(nameof(ProcessorKinds))] TestDevice kind)
    {
        DeviceName name = OpenDevices.Get(kind).Name;
        // As a driver would that forgets the last element: all others are right.
        OpCase planted = new(
            "relu", ", as this driver compiles it", [new HostArray([3], [-1, 2, 3])],
            tensors => ForgetfulRelu(tensors[0]), inputs => inputs[0].Map(x => Math.Max(x, 0)));
        var sound = new DeviceSelector(quickTest: device => SelfTest.FirstFailure(device, OpCases.Quick));
        var broken = new DeviceSelector(quickTest: device => SelfTest.FirstFailure(device, [.. OpCases.Quick, planted]));

        sound.Open(name.ToString(), kind.Options).Dispose();
        Assert.That(
            () => broken.Open(name.ToString(), kind.Options),
            Throws.TypeOf<DeviceUnavailableException>().With.Message.Contains("rejected").And.Message.Contains("relu")
                .And.Message.Contains("driver"));
    }

    private static TestDevice[] ProcessorKinds() => [TestDevice.Portable, TestDevice.Pocl];

    [Test]
    public void A_device_is_tested_once_and_remembered()
    {
        var memory = new Memory();
        int tests = 0;
        var selector = new DeviceSelector(memory, _ => { tests++; return null; });
        selector.Open("cpu").Dispose();
        selector.Open("cpu").Dispose();
        Assert.That(tests, Is.EqualTo(1));
    }

    private static Tensor ForgetfulRelu(Tensor x)
    {
        using DeviceCall call = DeviceCall.Begin("relu", x);
        Tensor y = call.New(x.Shape, x.DType);
        call.Kernels.Launch(Forgetful, call.Elements(y), x.View<float>(), y.View<float>());
        return call.Result(y);
    }

    private static void Forgetful(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y)
    {
        int stride = ILGPU.Grid.DimX * ILGPU.Group.DimX;
        for (int i = ILGPU.Grid.GlobalIndex.X; i < y.IntLength; i += stride)
            y[i] = i == y.IntLength - 1 ? 0 : ILGPU.Algorithms.XMath.Max(x[i], 0);
    }

    [Test]
    public void Auto_never_takes_an_OpenCL_processor()
    {
        using Device device = new DeviceSelector().Open("auto");
        Assert.That(device.Name == DeviceName.Cpu || device.Info.IsGpu, Is.True);
    }

    [Test]
    public void Auto_prefers_CUDA_then_OpenCL_GPUs_then_the_processor()
    {
        DeviceInfo[] found =
        [
            Info("cpu", isGpu: false),
            Info("opencl:0", isGpu: false),
            Info("opencl:1", isGpu: true),
            Info("opencl:2", isGpu: true, "broken"),
            Info("cuda:0", isGpu: true, "too old"),
            Info("cuda:1", isGpu: true),
        ];
        IEnumerable<string> order = DeviceSelector.InOrderOfPreference(found).Select(device => device.Name.ToString());
        Assert.That(order, Is.EqualTo(new[] { "cuda:1", "opencl:1", "cpu" }));
    }

    [Test]
    public void Auto_passes_over_a_GPU_that_computes_wrongly_or_does_not_open_and_says_so()
    {
        // A GPU that is not there stands for one that does not open.
        DeviceInfo[] found = [Info("opencl:77", isGpu: true), Info("cpu", isGpu: false)];
        var rejected = new List<string>();
        using Device device = new DeviceSelector(catalog: () => found).Open("Auto", onRejected: rejected.Add);
        Assert.That(device.Name, Is.EqualTo(DeviceName.Cpu));
        Assert.That(rejected, Has.Count.EqualTo(1));
        Assert.That(rejected[0], Does.Contain("opencl:77"));
    }

    private static DeviceInfo Info(string name, bool isGpu, string? problem = null)
    {
        Assert.That(DeviceName.TryParse(name, out DeviceName parsed), Is.True);
        return new DeviceInfo(parsed, name, "", "", 0, SupportsFloat64: true, isGpu, problem);
    }

    private sealed class Memory : ISelfTestMemory
    {
        private readonly HashSet<DeviceName> _passed = [];

        public bool HasPassed(Device device) => _passed.Contains(device.Name);

        public void Remember(Device device) => _passed.Add(device.Name);
    }
}
