using Zssr.App.Images;
using Zssr.App.Reports;

namespace Zssr.Tests.App.Reports;

/// <summary>The comparison of enlargements, and the choice of the detail in it.</summary>
[TestFixture]
public sealed class ComparisonTests
{
    [Test]
    public void The_detail_is_where_neighbouring_pixels_differ_most()
    {
        Picture picture = Flat(60, 80);
        for (int i = 0; i < 10 * 10; i++)
            picture.Color[((23 + (i / 10)) * 80) + 41 + (i % 10)] = (i + (i / 10)) % 2;
        // The energy of a pixel looks to its right and down, so that of the patch begins one pixel earlier.
        Assert.That(DetailCrop.Find(picture, 11, 11), Is.EqualTo((22, 40)));
    }

    [Test]
    public void Detail_that_is_transparent_does_not_count()
    {
        float[] alpha = new float[40 * 40];
        Array.Fill(alpha, 1, 20 * 40, 20 * 40);
        var picture = new Picture(40, 40, 1, [.. Enumerable.Range(0, 40 * 40).Select(i => i < 15 * 40 ? i % 2 : i / 1600f)], alpha);
        Assert.That(DetailCrop.Find(picture, 8, 8).Top, Is.GreaterThan(11));
    }

    [Test]
    public void A_detail_of_the_whole_pictures_size_is_the_whole() =>
        Assert.That(DetailCrop.Find(Flat(6, 7), 6, 7), Is.EqualTo((0, 0)));

    [Test]
    public void Of_equally_detailed_parts_the_first_is_taken() => Assert.That(DetailCrop.Find(Flat(20, 20), 5, 5), Is.EqualTo((0, 0)));

    [Test]
    public void A_large_image_gets_a_second_row_with_the_same_detail_of_each_picture()
    {
        Picture output = Flat(200, 240), other = Flat(199, 239);
        for (int i = 0; i < other.Color.Length; i++)
            other.Color[i] = i / (float)other.Color.Length;
        for (int i = 0; i < 40 * 40; i++)
            output.Color[((160 + (i / 40)) * 240) + 200 + (i % 40)] = (i + (i / 40)) % 2;
        Picture both = Comparison.Of([(other, ""), (output, "")], output), expected = Montage.Rows(
        [
            [(other, ""), (output, "")],
            [(Detail(other), "other, detail ×4"), (Detail(output), "detail ×4")],
        ]);
        Assert.That(both.Width, Is.EqualTo(expected.Width));
        Assert.That(both.Height, Is.EqualTo(expected.Height));
        // The last rows are the details' own, below all captions.
        int tail = 100 * both.Width * 3;
        Assert.That(both.Color[^tail..], Is.EqualTo(expected.Color[^tail..]));

        static Picture Detail(Picture picture) =>
            PictureBlocks.Enlarge(PictureBlocks.Crop(picture, picture.Height - 50, picture.Width - 60, 50, 60), 4);
    }

    [Test]
    public void A_small_image_is_shown_whole_and_enlarged()
    {
        Picture small = Flat(50, 64);
        Picture expected = Montage.Rows([[(small, "a")]], smallestSide: 256);
        Assert.That(Comparison.Of([(small, "a")], small).Color, Is.EqualTo(expected.Color));
    }

    [Test]
    public void A_huge_image_is_shrunk_in_the_first_row()
    {
        Picture huge = Flat(300, 2500);
        Assert.That(Comparison.Of([(huge, "")], huge).Width, Is.InRange(834, 1000));
    }

    private static Picture Flat(int height, int width) => new(height, width, 1, new float[height * width]);
}
