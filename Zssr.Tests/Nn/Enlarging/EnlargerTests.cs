using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;
using Zssr.Tests.Tensors;

namespace Zssr.Tests.Nn.Enlarging;

public sealed class EnlargerTests(TestDevice kind) : DeviceTest(kind)
{
    private const int Height = 8;
    private const int Width = 10;

    [Test]
    public void The_article_takes_the_lower_median_of_twelve_answers_and_projects_it_back_three_times()
    {
        Image small = PlainImages.Noise(Height, Width, 3, seed: 1, high: 255);
        var form = new NetworkSettings { Form = NetworkForm.BlockResiduals, Width = 6, Depth = 3 };
        using ZssrNetwork network = new(Device, form, 3, seed: 2);
        Image interpolated = small.Interpolated(2 * Height, 2 * Width, InterpolationMode.Bilinear);
        double[][] answers = [.. Answers(network, interpolated, 12, peak: 255)];
        Image expected = Middle(answers, interpolated, sorted => sorted[5]).BackProjected(
            small, rounds: 3, step: 0.5, peak: 255,
            y => y.Interpolated(Height, Width, InterpolationMode.Bicubic),
            x => x.Interpolated(2 * Height, 2 * Width, InterpolationMode.Bicubic));

        Enlarged(network, new InterpolateRescaling(), ZssrPresets.Article.Inference, small, peak: 255, rounds: 3)
            .AssertEquals(expected, 1e-2);
    }

    [Test]
    public void The_paper_projects_eight_answers_back_takes_their_median_and_projects_again()
    {
        Image small = PlainImages.Noise(Height, Width, 3, seed: 1);
        using ZssrNetwork network = new(Device, new NetworkSettings { Width = 6, Depth = 3, WeightGain = 1 }, 3, seed: 2);
        Image interpolated = small.ImResized(2, 2, 2 * Height, 2 * Width);
        double[][] answers = [.. Answers(network, interpolated, 8, peak: 1)
            .Select(answer => Projected(interpolated with { Pixels = answer }, small).Pixels)];
        Image expected = Projected(Middle(answers, interpolated, sorted => (sorted[3] + sorted[4]) / 2), small);

        Enlarged(network, new ImResizeRescaling(), ZssrPresets.Paper.Inference, small, peak: 1, rounds: 4).AssertEquals(expected, 1e-4);
    }

    [Test]
    public void A_single_copy_without_back_projection_is_the_plain_answer()
    {
        Image small = PlainImages.Noise(Height, Width, 1, seed: 1);
        using ZssrNetwork network = new(Device, new NetworkSettings { Width = 4, Depth = 2, WeightGain = 1 }, 1, seed: 2);
        var settings = new InferenceSettings { Ensemble = 1, BackProjections = 0 };
        using Tensor image = small.On(Device);
        using Tensor plain = new Enlarger(network, new ImResizeRescaling(), settings, 1)
            .EnlargePlainly(image, new Scale(2), 2 * Height, 2 * Width);

        Enlarged(network, new ImResizeRescaling(), settings, small, peak: 1, rounds: 0).AssertEquals(plain.Plain(), 0);
        plain.Plain().AssertEquals(
            small with
            {
                Height = 2 * Height,
                Width = 2 * Width,
                Pixels = Answers(network, small.ImResized(2, 2, 2 * Height, 2 * Width), 1, peak: 1).Single(),
            },
            1e-5);
    }

    [Test]
    public void Progress_counts_the_copies()
    {
        using ZssrNetwork network = new(Device, new NetworkSettings { Width = 2, Depth = 1 }, 1, seed: 2);
        using Tensor image = PlainImages.Noise(4, 4, 1, seed: 1).On(Device);
        var told = new List<(int, int)>();
        using Tensor result = new Enlarger(network, new ImResizeRescaling(), new InferenceSettings(), 1)
            .Enlarge(image, new Scale(2), 8, 8, 1, (done, total) => told.Add((done, total)));

        Assert.That(told, Is.EqualTo(Enumerable.Range(1, 8).Select(done => (done, 8))));
    }

    /// <summary>The network's answers to copies turned and mirrored by plain code, clamped and brought back.</summary>
    private IEnumerable<double[]> Answers(ZssrNetwork network, Image interpolated, int count, double peak)
    {
        var image = new ImageArray(1, interpolated.Height, interpolated.Width, interpolated.Channels, interpolated.Pixels);
        foreach (Variant variant in TurnedCopies.Variants(count))
        {
            ImageArray copy = Mirrored(Turned(image, variant.QuarterTurns), variant.Mirroring);
            using Tensor x = Tensor.From(Device, Shape.Create(copy.Sizes), copy.Elements, DType.Float32), y = network.Infer(x);
            ImageArray clamped = copy with { Elements = [.. y.ToDoubles().Select(pixel => Math.Clamp(pixel, 0, peak))] };
            yield return Turned(Mirrored(clamped, variant.Mirroring), 4 - variant.QuarterTurns).Elements;
        }
    }

    private static ImageArray Turned(ImageArray image, int turns) =>
        Enumerable.Range(0, turns).Aggregate(image, (turned, _) => turned.Turned());

    private static ImageArray Mirrored(ImageArray image, Mirroring mirroring) => mirroring switch
    {
        Mirroring.Horizontal => image.FlippedHorizontally(),
        Mirroring.Vertical => image.FlippedVertically(),
        _ => image,
    };

    private static Image Middle(double[][] answers, Image like, Func<double[], double> middle) =>
        like with { Pixels = [.. Enumerable.Range(0, like.Pixels.Length).Select(i => middle([.. answers.Select(a => a[i]).Order()]))] };

    private static Image Projected(Image large, Image small) => large.BackProjected(
        small, rounds: 4, step: 1, peak: 1, y => y.ImResized(0.5, 0.5, Height, Width), x => x.ImResized(2, 2, 2 * Height, 2 * Width));

    private Image Enlarged(
        ZssrNetwork network, Rescaling rescaling, InferenceSettings settings, Image small, double peak, int rounds)
    {
        using Tensor image = small.On(Device);
        using Tensor result = new Enlarger(network, rescaling, settings, peak)
            .Enlarge(image, new Scale(2), 2 * small.Height, 2 * small.Width, rounds);
        return result.Plain();
    }
}
