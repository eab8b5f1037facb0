using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Golden;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

/// <summary>The resize ops on every device against PyTorch's interpolate, MATLAB's imresize, and SciPy's numeric kernels.</summary>
public sealed class ResizeGoldenTests(TestDevice kind) : DeviceTest(kind)
{
    [TestCase("bicubic_11x15")]
    [TestCase("bicubic_46x62")]
    [TestCase("bicubic_69x93")]
    [TestCase("bicubic_5x7")]
    [TestCase("bilinear_35x47")]
    [TestCase("bilinear_69x93")]
    [TestCase("bilinear_corners_46x62")]
    public void Interpolate_gives_what_PyTorch_does(string name)
    {
        GoldenFile golden = GoldenFile.Open("interpolate.safetensors");
        int[] nchw = golden.Shape(name);
        bool isBicubic = name.StartsWith("bicubic", StringComparison.Ordinal);
        InterpolationMode mode = isBicubic ? InterpolationMode.Bicubic : InterpolationMode.Bilinear;
        bool alignCorners = name.Contains("corners", StringComparison.Ordinal);
        using Tensor exact = Layout.FromNchw(OpenDevices.Get(TestDevice.Cpu), Shape.Create(golden.Shape("image")), golden.Doubles("image"));
        using Tensor expected = Layout.FromNchw(OpenDevices.Get(TestDevice.Cpu), Shape.Create(nchw), golden.Doubles(name));
        foreach (DType dtype in Types())
        {
            using Tensor image = Tensor.From(Device, exact.Shape, exact.ToDoubles(), dtype);
            using Tensor resized = Resize.Interpolate(image, nchw[2], nchw[3], mode, alignCorners);
            AssertClose(resized, expected.ToDoubles(), dtype);
        }
    }

    [TestCase("half_cubic", 0.5, 0.5)]
    [TestCase("third_cubic", 1.0 / 3, 1.0 / 3)]
    [TestCase("x2_cubic", 2, 2)]
    [TestCase("x1_5_cubic", 1.5, 1.5)]
    [TestCase("aniso_1_1_5_cubic", 1, 1.5)]
    [TestCase("half_lanczos3", 0.5, 0.5, ResizeKernel.Lanczos3)]
    [TestCase("half_linear", 0.5, 0.5, ResizeKernel.Linear)]
    [TestCase("half_box", 0.5, 0.5, ResizeKernel.Box)]
    public void ImResize_gives_what_MATLAB_does(string name, double vertical, double horizontal, ResizeKernel kernel = ResizeKernel.Cubic)
    {
        GoldenFile golden = GoldenFile.Open("imresize.safetensors");
        int[] hwc = golden.Shape("image");
        foreach (DType dtype in Types())
        {
            using Tensor image = Tensor.From(Device, [1, hwc[0], hwc[1], hwc[2]], golden.Doubles("image"), dtype);
            using Tensor resized = Resize.ImResize(image, vertical, horizontal, kernel: kernel);
            AssertClose(resized, golden.Doubles(name), dtype);
        }
    }

    [TestCase("BSD100_100_lr_rand_ker_c_X2_0")]
    [TestCase("charlie_0")]
    public void Numeric_downscale_gives_what_SciPy_does(string name)
    {
        GoldenFile golden = GoldenFile.Open("numeric_kernel.safetensors");
        int[] hwc = golden.Shape("image"), size = golden.Shape(name + ".shifted");
        double[] weights = golden.Doubles(name + ".shifted");
        var kernel = new double[size[0], size[1]];
        for (int i = 0; i < weights.Length; i++)
            kernel[i / size[1], i % size[1]] = weights[i];
        var downscale = new NumericDownscale(new NumericKernel(kernel), hwc[0], hwc[1], 2, 2);
        foreach (DType dtype in Types())
        {
            using Tensor image = Tensor.From(Device, [1, hwc[0], hwc[1], hwc[2]], golden.Doubles("image"), dtype);
            using Tensor small = downscale.Apply(image);
            AssertClose(small, golden.Doubles(name + ".downscaled"), dtype);
        }
    }

    private DType[] Types() => Device.Info.SupportsFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    /// <summary>Within 10⁻⁹ of the largest value in float64, 10⁻⁶ in float32.</summary>
    private static void AssertClose(Tensor actual, double[] expected, DType dtype)
    {
        double[] found = actual.ToDoubles();
        double allowed = (dtype == DType.Float64 ? 1e-9 : 1e-6) * expected.Max(Math.Abs);
        Assert.That(Distances.Largest(found, expected), Is.LessThanOrEqualTo(allowed), dtype.Name());
    }
}
