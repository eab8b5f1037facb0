using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>What the convolution refuses, and how it says so; how it chooses and remembers a kernel.</summary>
public sealed class Conv2dErrorTests(TestDevice kind) : DeviceTest(kind)
{
    [Test]
    public void A_wrong_number_of_channels_asks_after_the_alpha_channel()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 64, 64, 4]), weight = Tensor.Zeros(Device, [3, 3, 3, 64]);
        Assert.That(() => Conv2d.Forward(x, weight), Throws.TypeOf<ShapeException>().With.Message.EqualTo(
            "conv2d: weight expects 3 input channels but x has 4 (x: [1, 64, 64, 4], weight: [3, 3, 3, 64]). " +
            "Did the image keep its alpha channel?"));
    }

    [Test]
    public void A_kernel_larger_than_the_padded_image_is_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 2, 9, 1]), weight = Tensor.Zeros(Device, [5, 5, 1, 1]);
        Assert.That(
            () => Conv2d.Forward(x, weight, padding: 1),
            Throws.TypeOf<ShapeException>().With.Message.Contains("5×5 is larger than the padded input 4×11"));
    }

    [TestCase(0, 0, "stride 0 must be 1 or more")]
    [TestCase(1, -1, "padding -1 must be 0 or more")]
    public void A_stride_below_one_and_a_negative_padding_are_refused(int stride, int padding, string message)
    {
        using Tensor x = Tensor.Zeros(Device, [1, 5, 5, 1]), weight = Tensor.Zeros(Device, [3, 3, 1, 1]);
        Assert.That(
            () => Conv2d.Forward(x, weight, null, stride, padding),
            Throws.TypeOf<ShapeException>().With.Message.Contains(message));
    }

    [Test]
    public void A_bias_that_is_not_one_number_a_channel_is_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 5, 5, 1]), weight = Tensor.Zeros(Device, [3, 3, 1, 4]), bias = Tensor.Zeros(Device, [3]);
        Assert.That(
            () => Conv2d.Forward(x, weight, bias),
            Throws.TypeOf<ShapeException>().With.Message.Contains("bias [3] must be [4]"));
    }

    [Test]
    public void An_output_gradient_of_another_shape_is_refused()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 5, 5, 1]);
        using Tensor weight = Tensor.Zeros(Device, [3, 3, 1, 1]), dy = Tensor.Zeros(Device, [1, 5, 5, 1]);
        Assert.That(
            () => Conv2d.InputGradient(dy, weight, 5, 5),
            Throws.TypeOf<ShapeException>().With.Message.Contains("must have the output's shape [1, 3, 3, 1]"));
        Assert.That(
            () => Conv2d.WeightGradient(x, dy, 3, 3),
            Throws.TypeOf<ShapeException>().With.Message.Contains("must have the output's shape [1, 3, 3, 1]"));
    }

    [Test]
    public void Forcing_tiles_where_work_groups_are_too_small_is_an_error()
    {
        if (TiledConv2d.Fits(Device))
            Assert.Ignore("tiles fit on this device");
        using Tensor x = Tensor.Zeros(Device, [1, 5, 5, 1]), weight = Tensor.Zeros(Device, [3, 3, 1, 1]);
        Assert.That(
            () => Conv2d.Forward(x, weight, algorithm: Conv2dAlgorithm.Tiled),
            Throws.TypeOf<DeviceException>().With.Message.Contains("needs work-groups of 64"));
    }

    [Test]
    public void Forcing_tiles_on_the_weight_gradient_is_an_error()
    {
        using Tensor x = Tensor.Zeros(Device, [1, 5, 5, 1]), dy = Tensor.Zeros(Device, [1, 3, 3, 1]);
        Assert.That(
            () => Conv2d.WeightGradient(x, dy, 3, 3, algorithm: Conv2dAlgorithm.Tiled),
            Throws.TypeOf<DeviceException>().With.Message.Contains("tiled"));
    }

    [TestCase(1_000_000_000)]
    [TestCase(1_600_000_000)] // the padded image has more pixels than a long holds
    [TestCase(int.MaxValue)]
    public void Padding_beyond_what_a_tensor_holds_is_refused(int padding)
    {
        using Tensor x = Tensor.Zeros(Device, [1, 8, 8, 1]), weight = Tensor.Zeros(Device, [3, 3, 1, 1]);
        Assert.That(() => Conv2d.Forward(x, weight, padding: padding), Throws.TypeOf<ShapeException>().With.Message.Contains("padding"));
    }

    [TestCase(100)]
    [TestCase(50_000)]
    [TestCase(int.MaxValue)]
    public void A_stride_beyond_the_image_gives_its_first_window_and_gradient(int stride)
    {
        using Tensor x = Tensor.Full(Device, [1, 8, 9, 1], 2), weight = Tensor.Full(Device, [3, 3, 1, 1], 1);
        using Tensor y = Conv2d.Forward(x, weight, stride: stride, padding: 1);
        using Tensor dx = Conv2d.InputGradient(y, weight, 8, 9, stride, padding: 1);
        using Tensor dw = Conv2d.WeightGradient(x, y, 3, 3, stride, padding: 1);
        Assert.That(y.ToArray(), Is.EqualTo(new[] { 8f }), "four pixels of the first window lie in the image");
        Assert.That(dx.ToArray().Count(value => value == 8), Is.EqualTo(4));
        Assert.That(dx.ToArray().Sum(), Is.EqualTo(32));
        Assert.That(dw.ToArray(), Is.EqualTo(new float[] { 0, 0, 0, 0, 16, 16, 0, 16, 16 }));
    }

    [Test]
    public void The_devices_option_decides_where_the_caller_does_not()
    {
        using var device = Zssr.Tensors.Device.Open(Device.Name, Kind.Options.With(Conv2dAlgorithm.Naive));
        using Tensor x = Tensor.Zeros(device, [1, 17, 5, 1]), weight = Tensor.Zeros(device, [3, 3, 1, 2]);
        using Tensor y = Conv2d.Forward(x, weight);
        Assert.That(Conv2dTuner.Of(device).Timings, Is.Zero);
    }

    [Test]
    public void Tiles_are_right_on_a_simulated_group()
    {
        using var device = Zssr.Tensors.Device.Open(DeviceName.Cpu, new DeviceOptions { Portable = true, SimulatedGroupSize = 128 });
        using Tensor x = Tensor.Full(device, [1, 3, 3, 2], 2);
        using Tensor weight = Tensor.Full(device, [3, 3, 2, 3], 0.5), bias = Tensor.Full(device, [3], 1);
        using Tensor y = Conv2d.Forward(x, weight, bias, 1, 1, Conv2dAlgorithm.Tiled);
        double[] windows = [4, 6, 4, 6, 9, 6, 4, 6, 4];
        Assert.That(y.ToDoubles(), Is.EqualTo(windows.SelectMany(pixels => Enumerable.Repeat(1 + pixels * 2 * 2 * 0.5, 3))));
    }
}
