using Zssr.Autograd;
using Zssr.Autograd.Checking;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Autograd.Checking;

/// <summary>Inputs whose gradients are not wanted are constants, for second derivatives too.</summary>
[TestFixture]
public sealed class ConstantInputTests
{
    [TestCase(1)]
    [TestCase(2)]
    public void A_constant_input_is_part_of_the_function_and_not_differentiated(int order)
    {
        using Tensor x = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [3], [0.5, -2, 7]);
        using Tensor factor = Tensor.From(OpenDevices.Get(TestDevice.Cpu), [3], [3.0, -1, 0.25]);

        GradCheckReport report = GradCheck.Run(
            (x, factor) => x * x * factor, x, new GradCheckInput(factor) { NeedsGradient = false }, new GradCheckOptions { Order = order });

        Assert.That(report.Passed, Is.True, report.ToString());
    }
}
