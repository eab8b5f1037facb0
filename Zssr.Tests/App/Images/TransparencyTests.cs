using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

[TestFixture]
public sealed class TransparencyTests
{
    [Test]
    public void Visible_pixels_keep_their_colours_to_the_last_bit_and_alpha_stays()
    {
        var random = new Random(1);
        float[] color = [.. Enumerable.Range(0, 21 * 17 * 3).Select(_ => random.NextSingle())];
        float[] alpha = [.. Enumerable.Range(0, 21 * 17).Select(_ => random.Next(3) / 2f)];
        Picture filled = Transparency.FillInvisible(new Picture(21, 17, 3, color, alpha));
        Assert.That(filled.Alpha, Is.EqualTo(alpha));
        for (int i = 0; i < color.Length; i++)
        {
            if (alpha[i / 3] > 0)
                Assert.That(filled.Color[i], Is.EqualTo(color[i]));
        }
    }

    [TestCase(1, 1)]
    [TestCase(9, 13)]
    [TestCase(64, 5)]
    public void One_visible_pixel_colours_the_whole_picture(int height, int width)
    {
        float[] color = new float[height * width * 3], alpha = new float[height * width];
        int visible = height * width / 2;
        alpha[visible] = 0.25f;
        (color[visible * 3], color[visible * 3 + 1], color[visible * 3 + 2]) = (0.2f, 0.4f, 0.8f);
        float[] filled = Transparency.FillInvisible(new Picture(height, width, 3, color, alpha)).Color;
        for (int i = 0; i < filled.Length; i++)
            Assert.That(filled[i], Is.EqualTo(new[] { 0.2f, 0.4f, 0.8f }[i % 3]).Within(1e-6f));
    }

    [Test]
    public void Invisible_pixels_take_the_colour_of_those_near_them()
    {
        // A row of 64: gray 0.9 at the left, 0.1 at the right, nothing visible (and black) between.
        float[] color = new float[64], alpha = new float[64];
        for (int i = 0; i < 8; i++)
            (color[i], color[63 - i], alpha[i], alpha[63 - i]) = (0.9f, 0.1f, 1, 1);
        float[] filled = Transparency.FillInvisible(new Picture(1, 64, 1, color, alpha)).Color;
        Assert.That(filled[8], Is.EqualTo(0.9f).Within(0.15f), "beside the left part");
        Assert.That(filled[55], Is.EqualTo(0.1f).Within(0.15f), "beside the right part");
        Assert.That(filled, Is.Ordered.Descending.And.All.InRange(0.0999f, 0.9001f), "never black");
    }

    [Test]
    public void Colour_counts_by_how_visible_it_is()
    {
        float[] color = [1, 0, 0.5f, 0.5f], alpha = [1, 0.25f, 0, 0];
        Assert.That(Transparency.FillInvisible(new Picture(2, 2, 1, color, alpha)).Color[2], Is.EqualTo(1 / 1.25f).Within(1e-6f));
    }

    [Test]
    public void Opaque_and_wholly_invisible_pictures_stay_as_they_are()
    {
        Picture opaque = new(1, 2, 1, [0.1f, 0.2f]), invisible = new(1, 2, 1, [0.1f, 0.2f], [0, 0]);
        Assert.That(Transparency.FillInvisible(opaque), Is.SameAs(opaque));
        Assert.That(Transparency.FillInvisible(invisible), Is.SameAs(invisible));
    }
}
