using Zssr.App.Images;
using Zssr.App.Reports;

namespace Zssr.Tests.App.Reports;

/// <summary>Whole pixels repeated, averaged and cut out.</summary>
[TestFixture]
public sealed class PictureBlocksTests
{
    [Test]
    public void Enlarging_repeats_pixels_and_their_transparency()
    {
        Picture large = PictureBlocks.Enlarge(new Picture(1, 2, 3, [1, 2, 3, 4, 5, 6], [0.25f, 1]), 2);
        Assert.That((large.Height, large.Width), Is.EqualTo((2, 4)));
        Assert.That(large.Color, Is.EqualTo(new float[] { 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6 }));
        Assert.That(large.Alpha, Is.EqualTo(new[] { 0.25f, 0.25f, 1, 1, 0.25f, 0.25f, 1, 1 }));
    }

    [Test]
    public void Shrinking_averages_blocks_and_smaller_ones_at_the_edges()
    {
        Picture small = PictureBlocks.Shrink(new Picture(3, 3, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9]), 2);
        Assert.That((small.Height, small.Width), Is.EqualTo((2, 2)));
        Assert.That(small.Color, Is.EqualTo(new[] { 3, 4.5f, 7.5f, 9 }));
        Assert.That(small.Alpha, Is.Null);
    }

    [Test]
    public void Invisible_pixels_give_no_colour_when_shrunk()
    {
        Picture small = PictureBlocks.Shrink(new Picture(2, 2, 1, [1, 1, 0.5f, 0.5f], [0, 0, 1, 1]), 2);
        Assert.That(small.Color, Is.EqualTo(new[] { 0.5f }));
        Assert.That(small.Alpha, Is.EqualTo(new[] { 0.5f }));
    }

    [Test]
    public void A_smaller_block_at_the_edge_is_as_opaque_as_its_pixels() =>
        Assert.That(PictureBlocks.Shrink(new Picture(1, 3, 1, [1, 1, 1], [1, 1, 0.5f]), 2).Alpha, Is.EqualTo(new[] { 1, 0.5f }));

    [Test]
    public void Cropping_takes_colour_and_transparency_of_the_part()
    {
        Picture part = PictureBlocks.Crop(new Picture(2, 3, 1, [1, 2, 3, 4, 5, 6], [0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f]), 1, 1, 1, 2);
        Assert.That(part.Color, Is.EqualTo(new float[] { 5, 6 }));
        Assert.That(part.Alpha, Is.EqualTo(new[] { 0.4f, 0.5f }));
    }
}
