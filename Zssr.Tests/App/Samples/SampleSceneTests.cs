using Zssr.App.Images;
using Zssr.App.Reports;
using Zssr.App.Samples;

namespace Zssr.Tests.App.Samples;

/// <summary>The picture that the program draws to be tried on.</summary>
[TestFixture]
[RunsApart]
public sealed class SampleSceneTests
{
    [Test]
    public void The_same_size_gives_the_same_picture()
    {
        Picture first = SampleScene.Render(50, 70), second = SampleScene.Render(50, 70);
        Assert.That(second.Color, Is.EqualTo(first.Color));
    }

    [Test]
    public void A_rendering_at_256_is_one_at_512_with_each_four_pixels_averaged()
    {
        Picture small = SampleScene.Render(256, 256), shrunk = PictureBlocks.Shrink(SampleScene.Render(512, 512), 2);
        float[] differences = [.. small.Color.Zip(shrunk.Color, (a, b) => MathF.Abs(a - b))];
        Assert.That(differences.Average(), Is.InRange(0, 0.004f), "on average");
        Assert.That(differences.Max(), Is.InRange(0, 0.25f), "at worst, where detail is finer than the samples");
    }

    [TestCase(64, 128, 0, 32)]
    [TestCase(128, 64, 32, 0)]
    public void Along_the_longer_side_there_is_more_around_the_same_scene(int height, int width, int top, int left)
    {
        Picture square = SampleScene.Render(64, 64), middle = PictureBlocks.Crop(SampleScene.Render(height, width), top, left, 64, 64);
        // Samples on an edge may fall to either side of it.
        Assert.That(square.Color.Zip(middle.Color, (a, b) => MathF.Abs(a - b)).Average(), Is.InRange(0, 1e-3f));
    }

    [Test]
    public void It_has_detail_that_half_the_resolution_does_not_show()
    {
        Picture scene = SampleScene.Render(256, 256), blurred = PictureBlocks.Enlarge(PictureBlocks.Shrink(scene, 2), 2);
        double error = scene.Color.Zip(blurred.Color, (a, b) => (double)((a - b) * (a - b))).Average();
        Assert.That(-10 * Math.Log10(error), Is.InRange(0, 24), "PSNR in dB");
    }

    [TestCase(1, 1)]
    [TestCase(17, 3)]
    public void Any_size_can_be_drawn(int height, int width)
    {
        Picture scene = SampleScene.Render(height, width);
        Assert.That((scene.Height, scene.Width, scene.Channels), Is.EqualTo((height, width, 3)));
        Assert.That(scene.Color, Has.All.InRange(0f, 1f));
    }
}
