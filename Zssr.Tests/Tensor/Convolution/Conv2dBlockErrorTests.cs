using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>Gradients of blocks that there cannot be, or without what they need, are refused: they would be wrong in silence.</summary>
public sealed class Conv2dBlockErrorTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void Gradients_of_a_block_that_adds_x_to_another_shape_are_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 3, 3, 64]), weight = Tensor.Zeros(Device, [3, 3, 64, 8]);
        using Tensor dy = Tensor.Zeros(Device, [1, 1, 1, 8]);
        var form = new Conv2dBlockForm(1, 0, HasRelu: false, IsResidual: true);

        Assert.That(
            () => Conv2dBlock.InputGradient(dy, null, weight, 3, 3, form),
            Throws.TypeOf<ShapeException>().With.Message.Contains("gives [1, 1, 1, 8]; to add x [1, 3, 3, 64] they must be equal"));
        Assert.That(
            () => Conv2dBlock.ParameterGradients(x, dy, null, 3, 3, form),
            Throws.TypeOf<ShapeException>().With.Message.Contains("gives [1, 1, 1, 8]; to add x [1, 3, 3, 64] they must be equal"));
    }

    [Test]
    public void Gradients_of_a_ReLU_need_its_mask_and_no_others_have_one()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 4, 4, 2]), weight = Tensor.Zeros(Device, [3, 3, 2, 2]);
        using Tensor dy = Tensor.Zeros(Device, [1, 4, 4, 2]);
        var withRelu = new Conv2dBlockForm(1, 1, HasRelu: true, IsResidual: false);
        Conv2dBlock.Forward(x, weight, null, withRelu, keepsMask: true, out ReluMask? mask).Dispose();
        using ReluMask? bits = mask;

        foreach ((ReluMask? given, Conv2dBlockForm form, string message) in new[]
        {
            (null, withRelu, "needs the mask"),
            (bits, withRelu with { HasRelu = false }, "has no ReLU"),
        })
        {
            Assert.That(
                () => Conv2dBlock.InputGradient(dy, given, weight, 4, 4, form),
                Throws.TypeOf<ArgumentException>().With.Message.Contains(message));
            Assert.That(
                () => Conv2dBlock.ParameterGradients(x, dy, given, 3, 3, form),
                Throws.TypeOf<ArgumentException>().With.Message.Contains(message));
        }
    }
}
