using Zssr.Autograd.Checking;
using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Verification;

/// <summary>The list of op cases, on every kind of device.</summary>
public sealed class OpCaseTests(TestDevice kind) : DeviceTest(kind)
{
    private static IEnumerable<TestCaseData<OpCase>> Cases => OpCases.All.Select(Named);

    private static IEnumerable<TestCaseData<OpCase>> GradientCases => GradientChecks.Cases.Select(Named);

    [TestCaseSource(nameof(Cases))]
    public void Float32_result_equals_the_plain_float64_reference(OpCase opCase)
    {
        RequireFit(opCase);
        Assert.That(Parity.Check(opCase, Device, DType.Float32), Is.Null);
    }

    [TestCaseSource(nameof(Cases))]
    public void Float64_result_equals_the_plain_float64_reference(OpCase opCase)
    {
        RequireFit(opCase);
        RequireFloat64();
        Assert.That(Parity.Check(opCase, Device, DType.Float64), Is.Null);
    }

    [TestCaseSource(nameof(Cases))]
    public void A_second_run_gives_the_same_bits(OpCase opCase)
    {
        RequireFit(opCase);
        Tensor[] inputs = [.. opCase.Inputs.Select(input => input.On(Device, DType.Float32))];
        using Tensor first = opCase.Run(inputs);
        using Tensor second = opCase.Run(inputs);
        foreach (Tensor input in inputs)
            input.Dispose();
        Assert.That(Bits(second), Is.EqualTo(Bits(first)));
    }

    [TestCaseSource(nameof(GradientCases))]
    public void Gradients_and_second_derivatives_equal_central_differences(OpCase opCase)
    {
        RequireFloat64();
        // All entries once, where time is given; random directions otherwise, and on other devices, where each evaluation is slow.
        GradCheckMode mode = Kind == TestDevice.Cpu && Thoroughness.IsAsked ? GradCheckMode.Full : GradCheckMode.Projected;
        GradCheckReport report = GradientChecks.Run(opCase, Device, new GradCheckOptions { Mode = mode, Order = 2 });
        Assert.That(report.Passed, Is.True, report.ToString());
    }

    private static TestCaseData<OpCase> Named(OpCase opCase) => new TestCaseData<OpCase>(opCase).SetArgDisplayNames(opCase.ToString());

    private static IEnumerable<uint> Bits(Tensor tensor) => tensor.ToArray().Select(BitConverter.SingleToUInt32Bits);

    private void RequireFloat64()
    {
        // Not a missing part of the set-up: the device is there to show that everything else works without float64.
        if (!Device.Info.SupportsFloat64)
            Assert.Ignore($"{Device.Info.Description} has no float64");
    }

    private void RequireFit(OpCase opCase)
    {
        if (!opCase.Fits(Device))
            Assert.Ignore("the kernel needs larger work-groups than this device has");
    }
}
