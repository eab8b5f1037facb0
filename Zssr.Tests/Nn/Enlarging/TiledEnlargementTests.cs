using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn.Enlarging;

/// <summary>An image enlarged in tiles is the image enlarged whole: the reference here is whole images, operation by operation.</summary>
public sealed class TiledEnlargementTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly BlurKernel Lopsided = BlurKernel.FromText("0.1 0.3 0.1\n0.05 0.35 0\n0 0.05 0.05");

    private static readonly Scale[] Scales = [new(2), new(1.5), new(2, 3), new(3)];
    private static readonly int[] Sides = [16, 23, 64];

    [Test]
    public void The_article_in_tiles_has_the_values_of_the_whole() => AssertAll((scale, side) => AssertTilesAreTheWhole(
        new NetworkSettings { Form = NetworkForm.BlockResiduals, Width = 16, Depth = 3 }, new InterpolateRescaling(),
        ZssrPresets.Article.Inference, peak: 255, rounds: 3, scale, side));

    [Test]
    public void The_paper_in_tiles_has_the_values_of_the_whole() => AssertAll((scale, side) => AssertTilesAreTheWhole(
        new NetworkSettings { Width = 16, Depth = 2, WeightGain = 1 }, new ImResizeRescaling(),
        ZssrPresets.Paper.Inference, peak: 1, rounds: 2, scale, side));

    [Test]
    public void With_a_blur_kernel_tiles_have_the_values_of_the_whole() => AssertAll((scale, side) => AssertTilesAreTheWhole(
        new NetworkSettings { Width = 5, Depth = 2, KernelSize = 5, WeightGain = 1 }, new KernelRescaling(Lopsided, new ImResizeRescaling()),
        ZssrPresets.Paper.ForGivenKernel().Inference, peak: 1, rounds: 2, scale, side));

    [Test]
    public void A_network_that_enlarges_gives_in_tiles_the_values_of_the_whole() => AssertAll((scale, side) => AssertTilesAreTheWhole(
        new NetworkSettings { Form = NetworkForm.SubPixel, Width = 16, Depth = 2, WeightGain = 1 }, new ImResizeRescaling(),
        ZssrPresets.Paper.Inference, peak: 1, rounds: 2, scale, side));

    [Test]
    public void The_plain_answer_in_tiles_is_that_to_the_whole()
    {
        using ZssrNetwork network = new(Device, new NetworkSettings { Width = 16, Depth = 3, WeightGain = 1 }, channels: 1, seed: 2);
        using Tensor image = PlainImages.Noise(30, 21, 1, seed: 1).On(Device);
        var rescaling = new ImResizeRescaling();
        using Tensor interpolated = rescaling.Enlarge(image, new Scale(2), 60, 42);
        using Tensor answer = network.Infer(interpolated), expected = Elementwise.Clamp(answer, 0, 1);

        using Tensor tiled = new Enlarger(network, rescaling, ZssrPresets.Paper.Inference, 1, tileSide: 16)
            .EnlargePlainly(image, new Scale(2), 60, 42);

        AssertEqual(tiled, expected, peak: 1);
    }

    [Test]
    public void Progress_counts_the_copies_of_all_tiles()
    {
        using ZssrNetwork network = new(Device, new NetworkSettings { Width = 2, Depth = 1 }, 1, seed: 2);
        using Tensor image = PlainImages.Noise(16, 8, 1, seed: 1).On(Device);
        var told = new List<(int, int)>();
        using Tensor result = new Enlarger(network, new ImResizeRescaling(), new InferenceSettings(), 1, tileSide: 16)
            .Enlarge(image, new Scale(2), 32, 16, 1, (done, total) => told.Add((done, total)));

        Assert.That(told, Is.EqualTo(Enumerable.Range(1, 16).Select(done => (done, 16))));
    }

    [TestCase(15)]
    [TestCase(65537)]
    public void Tiles_that_cannot_be_meant_are_refused(int side)
    {
        using ZssrNetwork network = new(Device, new NetworkSettings { Width = 2, Depth = 1 }, 1, seed: 2);
        Assert.That(
            () => new Enlarger(network, new ImResizeRescaling(), new InferenceSettings(), 1, side),
            Throws.TypeOf<SettingsException>().With.Message.Contains($"{side}").And.Message.Contains("16 to 65536"));
    }

    /// <summary>Every case on the processor; one on other devices, where small operations take long.</summary>
    private void AssertAll(Action<Scale, int> check)
    {
        if (Kind != TestDevice.Cpu)
        {
            check(new Scale(1.5), 30);
            return;
        }

        for (int i = 0; i < Scales.Length; i++)
        {
            foreach (int side in Thoroughness.IsAsked ? Sides : [Sides[i % Sides.Length]])
                check(Scales[i], side);
        }
    }

    private void AssertTilesAreTheWhole(
        NetworkSettings form, Rescaling rescaling, InferenceSettings settings, double peak, int rounds, Scale scale, int side)
    {
        WholeScale enlargement = form.Form == NetworkForm.SubPixel ? WholeScale.AtLeast(scale) : WholeScale.One;
        using ZssrNetwork network = new(Device, form, channels: 3, seed: 2, enlargement: enlargement);
        using Tensor image = PlainImages.Noise(27, 38, 3, seed: 1, high: peak).On(Device);
        (int height, int width) = scale.SizeOf(27, 38);
        using Tensor expected = Whole(image, network, rescaling, settings, peak, rounds, scale, height, width);

        using Tensor tiled = new Enlarger(network, rescaling, settings, peak, side).Enlarge(image, scale, height, width, rounds);

        AssertEqual(tiled, expected, peak);
    }

    /// <summary>Bit for bit on the processor; other devices choose their convolutions by the sizes.</summary>
    private void AssertEqual(Tensor tiled, Tensor expected, double peak)
    {
        if (Kind == TestDevice.Cpu)
            Assert.That(tiled.ToArray(), Is.EqualTo(expected.ToArray()), tiled.Shape.ToString());
        else
            Assert.That(tiled.ToArray(), Is.EqualTo(expected.ToArray()).Within(2e-5 * peak));
    }

    private static Tensor Whole(
        Tensor image, Module network, Rescaling rescaling, InferenceSettings settings, double peak, int rounds, Scale scale,
        int height, int width)
    {
        bool enlarges = network.Enlargement != WholeScale.One;
        using Tensor given = enlarges ? image.Share() : rescaling.Enlarge(image, scale, height, width);
        var answers = new List<Tensor>();
        foreach (Variant variant in TurnedCopies.Variants(settings.Ensemble, network.Enlargement))
        {
            using Tensor turned = variant.Apply(given), output = network.Infer(turned), clamped = Elementwise.Clamp(output, 0, peak);
            using Tensor straight = variant.Undo(clamped), answer = AsLargeAsAsked(straight);
            answers.Add(Projected(answer, settings.BackProjectCopies ? rounds : 0));
        }

        using Tensor stack = Concatenation.Batch([.. answers]), median = Median.OfStack(stack, settings.Median);
        using Tensor merged = median.Reshape(answers[0].Shape);
        answers.ForEach(answer => answer.Dispose());
        return Projected(merged, rounds);

        Tensor AsLargeAsAsked(Tensor answer)
        {
            if (!enlarges || (answer.Shape[1], answer.Shape[2]) == (height, width))
                return answer.Share();
            using Tensor shrunk = Resize.ImResize(
                answer, scale.Vertical / network.Enlargement.Vertical, scale.Horizontal / network.Enlargement.Horizontal, height, width);
            return Elementwise.Clamp(shrunk, 0, peak);
        }

        Tensor Projected(Tensor y, int left)
        {
            if (left == 0)
                return y.Share();
            using Tensor shrunk = rescaling.Shrink(y, scale, image.Shape[1], image.Shape[2]);
            using Tensor difference = Elementwise.Subtract(image, shrunk);
            using Tensor correction = rescaling.EnlargingDifferences(scale, (image.Shape[1], image.Shape[2]), (height, width))
                .Apply(difference);
            using Tensor scaled = Elementwise.Multiply(correction, settings.BackProjectionStep), sum = Elementwise.Add(y, scaled);
            using Tensor next = Elementwise.Clamp(sum, 0, peak);
            return Projected(next, left - 1);
        }
    }
}
