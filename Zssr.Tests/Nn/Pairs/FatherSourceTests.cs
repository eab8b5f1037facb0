using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Pairs;

public sealed class FatherSourceTests
{
    [TestCase(2048, 2048, 0, 0, 2048, 2048)]
    [TestCase(4096, 4096, 1024, 1024, 2048, 2048)]
    [TestCase(8000, 12000, 3164, 4746, 1672, 2508)]
    [TestCase(1, 60_000_000, 0, 27_902_848, 1, 4_194_304)]
    public void The_middle_has_the_form_of_the_whole(int height, int width, int top, int left, int keptHeight, int keptWidth) =>
        Assert.That(FatherSource.Middle(PixelArea.Whole(height, width)), Is.EqualTo(new PixelArea(top, left, keptHeight, keptWidth)));

    [Test]
    public void Of_a_large_enlargement_the_pixels_in_the_middle_are_kept()
    {
        using Tensor large = PlainImages.Drawing(2048, 4096, channels: 1).On(SmallRuns.Cpu);
        PixelArea middle = FatherSource.Middle(PixelArea.Whole(large));
        using Tensor expected = Window.Crop(large, middle);

        FatherSource source = FatherSource.OfEnlargement(large.Share(), new Scale(2));
        using Tensor kept = source.Image;

        Assert.That(middle, Is.EqualTo(new PixelArea(300, 600, 1448, 2896)));
        Assert.That(kept.ToArray(), Is.EqualTo(expected.ToArray()));
        Assert.That(source.Scale, Is.EqualTo(new Scale(2)));
    }

    [Test]
    public void Fathers_of_such_a_middle_are_placed_in_the_whole()
    {
        const int Rows = 2048, Columns = 4096;
        // Each pixel says where it is: its number among all, of which floats below 2²⁴ keep every one.
        using var numbers = Tensor.From(SmallRuns.Cpu, [1, Rows, Columns, 1], [.. Enumerable.Range(0, Rows * Columns).Select(i => (float)i)]);
        FatherSource source = FatherSource.OfEnlargement(numbers.Share(), new Scale(2));
        using Tensor kept = source.Image;
        var settings = new PairSettings { PlainShare = 1, TurnedShare = 0, CropSize = 32 };
        using var pairs = new PaperPairs([source], new ImResizeRescaling(), new Scale(2), settings, seed: 3, stage: 0, peak: Rows * Columns);

        for (int draw = 0; draw < 5; draw++)
        {
            using TrainingPair pair = pairs.Draw(draw);
            int first = (int)pair.Father.ToArray()[0];
            ImageArea area = pair.Origin.Area!.Value;
            Assert.That((area.Top * Rows, area.Left * Columns), Is.EqualTo((first / Columns, first % Columns)).Within(1e-6));
            Assert.That((area.Height * Rows, area.Width * Columns), Is.EqualTo((32, 32)).Within(1e-6));
        }
    }
}
