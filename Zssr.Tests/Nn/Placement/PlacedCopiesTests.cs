using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Placement;

/// <summary>Turned copies for a network whose pixels lie off the middle of their blocks, or for a kernel that is not symmetric.</summary>
public sealed class PlacedCopiesTests
{
    /// <summary>
    /// A network without weights interpolates: at every pixel of the result by its distance to those of the image, with a symmetric kernel.
    /// So it answers the same to all copies, if each is moved back by the right number of pixels.
    /// </summary>
    [Test]
    public void Each_copy_lies_where_the_upright_one_does(
        [Values("first", "1,0", "centred", "2,-1")] string text, [Values(null, 16)] int? tile)
    {
        using ZssrNetwork network = Interpolating(KernelPlacement.Parse(text));
        using Tensor image = PlainImages.Noise(11, 14, 3, seed: 1, low: 0.3, high: 0.7).On(SmallRuns.Cpu);
        Image upright = Enlarged(network, image, ensemble: 1, tile), all = Enlarged(network, image, ensemble: 8, tile);

        all.AssertEquals(upright, 1e-6);
        upright.AssertEquals(Interpolated(image.Plain(), KernelPlacement.Parse(text)), 1e-6);
    }

    [Test]
    public void Copies_whose_answers_cannot_be_moved_back_are_left_out()
    {
        using ZssrNetwork halves = Interpolating(KernelPlacement.At(0.2, 0.2)), uneven = Interpolating(KernelPlacement.At(0, 0.5));
        Assert.That(Shown(halves), Is.EqualTo(new[] { "0°", "270° mirrored horizontally" }), "rows and columns are exchanged");
        Assert.That(
            Shown(uneven), Is.EquivalentTo(new[] { "0°", "0° mirrored horizontally", "180°", "180° mirrored horizontally" }),
            "half a pixel more on one axis than on the other cannot be exchanged");
    }

    [TestCase(2, 2, 0, 8)]
    [TestCase(2, 1, 0, 4)]
    [TestCase(2, 1, 0.5, 2)]
    [TestCase(2, 1, Math.PI / 4, 4)]
    public void A_kernel_is_unchanged_by_its_own_symmetries(double along, double across, double angle, int symmetries) => Assert.That(
        Variant.Eight.Count(BlurKernel.Gaussian(along, across, angle).IsUnchangedBy), Is.EqualTo(symmetries));

    [Test]
    public void Of_a_lopsided_kernel_no_copy_is_shown_and_of_an_even_one_placed_first_neither()
    {
        BlurKernel lopsided = BlurKernel.FromText("1 3 1\n2 5 0\n0 2 1"), even = BlurKernel.FromText("1 1\n1 1");
        Assert.That(Variant.Eight.Count(lopsided.IsUnchangedBy), Is.EqualTo(1));
        Assert.That(Variant.Eight.Count(new KernelRescaling(even, new ImResizeRescaling()).IsUnchangedBy), Is.EqualTo(8));
        Assert.That(
            Variant.Eight.Count(new KernelRescaling(even, new ImResizeRescaling(), KernelPlacement.First).IsUnchangedBy), Is.EqualTo(1));
    }

    [Test]
    public void A_step_turns_as_pixels_do()
    {
        foreach (Variant variant in Variant.Twelve)
        {
            PixelArea from = variant.Apply(new PixelArea(3, 5, 1, 1), 20, 30), to = variant.Apply(new PixelArea(3 + 2, 5 + 7, 1, 1), 20, 30);
            Assert.That(
                variant.Turn((2, 7)),
                Is.EqualTo(((double)(to.Rows.Start - from.Rows.Start), (double)(to.Columns.Start - from.Columns.Start))), $"{variant}");
        }
    }

    private static string[] Shown(ZssrNetwork network) =>
        [.. Variant.Eight.Where(variant => TurnedCopies.CanShow(network, variant)).Select(variant => variant.ToString())];

    private static ZssrNetwork Interpolating(KernelPlacement placement)
    {
        var settings = new NetworkSettings { Form = NetworkForm.SubPixel, Width = 4, Depth = 2 };
        var network = new ZssrNetwork(
            SmallRuns.Cpu, settings, channels: 3, seed: 1, enlargement: new WholeScale(2, 2), placement: placement);
        foreach ((_, Tensor value) in network.Parameters)
        {
            using Tensor zeros = Tensor.Zeros(SmallRuns.Cpu, value.Shape);
            value.Assign(zeros);
        }

        return network;
    }

    private static Image Enlarged(ZssrNetwork network, Tensor image, int ensemble, int? tile)
    {
        var settings = new InferenceSettings { Ensemble = ensemble };
        var enlarger = new Enlarger(network, new ImResizeRescaling(), settings, peak: 1, tile);
        using Tensor large = enlarger.Enlarge(image, new Scale(2), 22, 28, backProjections: 0);
        return large.Plain();
    }

    /// <summary>
    /// Keys' cubic (a = −½) at the place of each pixel in the small image, which continues mirrored; large pixel p lies at (p − row)/2.
    /// </summary>
    private static Image Interpolated(Image small, KernelPlacement placement)
    {
        (double row, double column) = placement.IsCentred ? (0.5, 0.5) : (placement.Row, placement.Column);
        return PlainImages.Of(22, 28, 3, (i, j, c) =>
        {
            (double y, double x) = ((i - row) / 2, (j - column) / 2);
            double sum = 0;
            for (int u = (int)Math.Floor(y) - 1; u <= (int)Math.Floor(y) + 2; u++)
            {
                for (int v = (int)Math.Floor(x) - 1; v <= (int)Math.Floor(x) + 2; v++)
                    sum += Cubic(y - u) * Cubic(x - v) * small[Mirrored(u, 11), Mirrored(v, 14), c];
            }

            return sum;
        });
    }

    private static double Cubic(double x) => Math.Abs(x) switch
    {
        <= 1 and var d => 1.5 * d * d * d - 2.5 * d * d + 1,
        <= 2 and var d => -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2,
        _ => 0,
    };

    private static int Mirrored(int at, int length) => at < 0 ? -1 - at : at >= length ? 2 * length - 1 - at : at;
}
