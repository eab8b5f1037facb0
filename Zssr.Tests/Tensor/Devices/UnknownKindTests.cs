using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>Numbers cast to an enum that has no such value are refused wherever the library takes one.</summary>
public sealed class UnknownKindTests
{
    private static Device Cpu => OpenDevices.Get(TestDevice.Cpu);

    [Test]
    public void They_are_refused_by_the_operation_that_takes_them()
    {
        using Tensor image = Tensor.Zeros(Cpu, [1, 8, 8, 4]), weight = Tensor.Zeros(Cpu, [3, 3, 4, 4]);
        (string Name, Action Use)[] uses =
        [
            ("DType", () => Tensor.Zeros(Cpu, [2], (DType)9)),
            ("DType", () => image.To((DType)9)),
            ("MedianKind", () => Median.OfStack(image, (MedianKind)9)),
            ("MedianKind", () => Median.SelectionWeights(image, (MedianKind)9)),
            ("Conv2dAlgorithm", () => Conv2d.Forward(image, weight, padding: 1, algorithm: (Conv2dAlgorithm)99)),
            ("mode", () => Resize.Interpolate(image, 4, 4, (InterpolationMode)9)),
            ("kernel", () => Resize.ImResize(image, 0.5, 0.5, kernel: (ResizeKernel)9)),
            ("border", () => Resize.ImResize(image, 0.5, 0.5, border: (ResizeBorder)9)),
            ("mode", () => Resize.MirrorPad(image, 1, 1, 1, 1, (MirrorMode)9)),
            ("DeviceKind", () => Device.Open(new DeviceName((DeviceKind)9, 0)).Dispose()),
        ];
        int buffers = Cpu.LiveBuffers;
        foreach ((string name, Action use) in uses)
            Assert.That(() => use(), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(name), name);
        Assert.That(Cpu.LiveBuffers, Is.EqualTo(buffers));
    }
}
