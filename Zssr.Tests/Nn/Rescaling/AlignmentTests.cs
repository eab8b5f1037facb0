using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn; // one named Rescaling would hide the class

/// <summary>
/// An image shrunk and enlarged again must lie on the original: half a pixel beside it is the best-known mistake of this family. The
/// image is a formula, so that it can be moved by half pixels exactly.
/// </summary>
public sealed class AlignmentTests
{
    private const int Border = 8;

    private static readonly (int Height, int Width)[] Sizes = [(48, 60), (47, 61), (53, 50)];
    private static readonly double[] Scales = [2, 3, 1.5];

    /// <summary>Lopsided: its centre of mass lies above its middle, and left of it.</summary>
    private static readonly BlurKernel Lopsided = BlurKernel.FromText(
        "0.05 0.1 0.05 0 0\n0.1 0.3 0.25 0.05 0\n0.05 0.15 0.2 0.1 0\n0 0.05 0.1 0.05 0\n0 0 0 0 0");

    [Test]
    public void Shrunk_by_a_shifted_kernel_an_image_comes_back_to_its_place(
        [ValueSource(nameof(Scales))] double scale, [ValueSource(nameof(Sizes))] (int Height, int Width) size) =>
        Assert.That(BestShift(new KernelRescaling(Lopsided, new ImResizeRescaling()), scale, size), Is.EqualTo((0.0, 0.0)));

    [Test]
    public void Shrunk_by_a_kernel_of_even_size_an_image_comes_back_to_its_place([ValueSource(nameof(Scales))] double scale)
    {
        BlurKernel even = BlurKernel.FromText("1 2 1 0\n2 4 2 1\n1 2 2 1\n0 1 1 1");
        Assert.That(BestShift(new KernelRescaling(even, new ImResizeRescaling()), scale, (47, 60)), Is.EqualTo((0.0, 0.0)));
    }

    [Test]
    public void Unequal_scales_shift_the_kernel_along_each_axis_by_its_own() => Assert.That(
        BestShift(new KernelRescaling(Lopsided, new ImResizeRescaling()), new Scale(3, 1.5), (49, 60)), Is.EqualTo((0.0, 0.0)));

    [Test]
    public void The_recipes_own_rescaling_keeps_images_in_place(
        [Values] RescalingKind kind,
        [ValueSource(nameof(Scales))] double scale,
        [ValueSource(nameof(Sizes))] (int Height, int Width) size) =>
        Assert.That(BestShift(Rescaling.Of(ZssrPresets.Paper with { Rescaling = kind }), scale, size), Is.EqualTo((0.0, 0.0)));

    [Test]
    public void A_kernel_that_is_not_shifted_leaves_the_image_beside_its_place([ValueSource(nameof(Scales))] double scale) =>
        Assert.That(BestShift(new Unshifted(Lopsided), scale, (48, 60)), Is.Not.EqualTo((0.0, 0.0)), "or these tests could not fail");

    private static (double Rows, double Columns) BestShift(Rescaling rescaling, double scale, (int Height, int Width) size) =>
        BestShift(rescaling, new Scale(scale), size);

    /// <summary>Of all shifts by half pixels up to 1½, the one under which the original is most like the image that came back.</summary>
    private static (double Rows, double Columns) BestShift(Rescaling rescaling, Scale scale, (int Height, int Width) size)
    {
        using Tensor original = Original(size, 0, 0).On(OpenDevices.Get(TestDevice.Cpu));
        (int height, int width) = rescaling.SonSize(size.Height, size.Width, scale);
        using Tensor small = rescaling.Shrink(original, scale, height, width);
        using Tensor back = rescaling.Enlarge(small, scale, size.Height, size.Width);
        Image found = back.Plain();
        IEnumerable<(double Rows, double Columns)> shifts =
            from rows in Enumerable.Range(-3, 7)
            from columns in Enumerable.Range(-3, 7)
            select (rows / 2.0, columns / 2.0);
        return shifts.MaxBy(shift => PlainImages.Psnr(found, Original(size, shift.Rows, shift.Columns), Border));
    }

    /// <summary>Waves in four directions, none shorter than 12 pixels, moved by a shift.</summary>
    private static Image Original((int Height, int Width) size, double rows, double columns) => PlainImages.Of(
        size.Height, size.Width, 1,
        (i, j, _) =>
        {
            (double y, double x) = (i + rows, j + columns);
            return 0.5 + (Math.Sin(0.5 * x) + Math.Sin(0.45 * y + 1) + Math.Sin(0.3 * (x + y)) + Math.Sin(0.25 * (x - y) + 2)) / 8;
        });

    /// <summary>The mistake: the kernel as it is.</summary>
    private sealed class Unshifted(BlurKernel kernel) : Rescaling
    {
        private readonly ImResizeRescaling _plain = new();

        public override (int Height, int Width) SonSize(int height, int width, Scale scale) => _plain.SonSize(height, width, scale);

        public override IResize Shrinking(Scale scale, (int Height, int Width) large, (int Height, int Width) small) =>
            new NumericDownscale(
                kernel.Numeric, large.Height, large.Width, scale.Vertical, scale.Horizontal, small.Height, small.Width);

        public override IResize Enlarging(Scale scale, (int Height, int Width) small, (int Height, int Width) large) =>
            _plain.Enlarging(scale, small, large);
    }
}
