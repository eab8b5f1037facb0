using Zssr.App.Images;
using Zssr.App.Reports;

namespace Zssr.Tests.App.Reports;

/// <summary>Pictures side by side.</summary>
[TestFixture]
public sealed class MontageTests
{
    private static readonly Picture Small = Noise(5, 9, 3), Tall = Noise(40, 20, 3), Gray = Noise(12, 30, 1);

    [Test]
    public void Every_pixel_of_every_picture_is_shown_unchanged()
    {
        IReadOnlyList<IReadOnlyList<(Picture, string)>> rows = [[(Small, "gj|"), (Tall, "father")], [(Gray, "a long caption (gray)")]];
        Picture montage = Montage.Rows(rows);
        foreach (MontageCell cell in MontageLayout.Of(rows, 0).Cells)
            Assert.That(Shown(montage, cell), Is.EqualTo(InColor(cell.Picture)), cell.Caption);
    }

    [Test]
    public void Nothing_overlaps_and_nothing_is_outside()
    {
        MontageLayout layout = MontageLayout.Of([[(Small, "wider than its picture"), (Tall, "b")], [(Gray, "c"), (Small, "")]], 0);
        bool[,] taken = new bool[layout.Height, layout.Width];
        foreach (MontageCell cell in layout.Cells)
        {
            for (int y = layout.CaptionTop(cell); y < cell.Top + cell.Picture.Height; y++)
            {
                for (int x = cell.Left; x < cell.Left + cell.Picture.Width; x++)
                {
                    Assert.That(taken[y, x], Is.False, $"({y}, {x})");
                    taken[y, x] = true;
                }
            }
        }
    }

    [Test]
    public void Columns_are_aligned_and_pictures_of_a_row_begin_at_the_same_height()
    {
        IReadOnlyList<MontageCell> cells = MontageLayout.Of([[(Small, ""), (Tall, "x")], [(Gray, ""), (Small, "")]], 0).Cells;
        Assert.That(cells[0].Left, Is.EqualTo(cells[2].Left));
        Assert.That(cells[1].Left, Is.EqualTo(cells[3].Left).And.GreaterThan(cells[0].Left + Gray.Width));
        Assert.That(cells[0].Top, Is.EqualTo(cells[1].Top));
        Assert.That(cells[2].Top, Is.GreaterThan(cells[1].Top + Tall.Height));
    }

    [Test]
    public void A_caption_is_written_above_its_picture()
    {
        IReadOnlyList<IReadOnlyList<(Picture, string)>> rows = [[(Tall, "Ink"), (Tall, "")]];
        Picture montage = Montage.Rows(rows);
        MontageLayout layout = MontageLayout.Of(rows, 0);
        Assert.That(Darkest(layout.Cells[0]), Is.InRange(0, 0.4f));
        Assert.That(Darkest(layout.Cells[1]), Is.GreaterThan(0.9f), "no caption");

        float Darkest(MontageCell cell)
        {
            int top = layout.CaptionTop(cell);
            return PictureBlocks.Crop(montage, top, cell.Left, layout.CapHeight, cell.Picture.Width).Color.Min();
        }
    }

    [Test]
    public void Small_pictures_are_enlarged_by_whole_factors()
    {
        IReadOnlyList<MontageCell> cells = MontageLayout.Of([[(Small, ""), (Tall, "")]], smallestSide: 40).Cells;
        Assert.That((cells[0].Picture.Height, cells[0].Picture.Width), Is.EqualTo((25, 45)), "9 × 5 ≥ 40");
        Assert.That(cells[0].Picture.Color, Is.EqualTo(PictureBlocks.Enlarge(Small, 5).Color));
        Assert.That(cells[1].Picture, Is.SameAs(Tall));
    }

    [Test]
    public void Transparent_pixels_show_a_light_checkerboard_and_half_transparent_ones_half_of_it()
    {
        float[] alpha = new float[16 * 32];
        Array.Fill(alpha, 0.5f, 16 * 16, 16 * 16);
        IReadOnlyList<IReadOnlyList<(Picture, string)>> rows = [[(new Picture(32, 16, 1, new float[16 * 32], alpha), "")]];
        float[] shown = Shown(Montage.Rows(rows), MontageLayout.Of(rows, 0).Cells[0]);
        Assert.That(shown.Take(16 * 16 * 3).Distinct().Order(), Is.EqualTo(new[] { 0.86f, 1 }).Within(1e-6f));
        Assert.That(shown.Skip(16 * 16 * 3).Distinct().Order(), Is.EqualTo(new[] { 0.43f, 0.5f }).Within(1e-6f));
    }

    [Test]
    public void Without_a_picture_there_is_an_error_that_says_so() =>
        Assert.That(() => Montage.Rows([[], []]), Throws.ArgumentException.With.Message.Contains("no picture"));

    private static float[] Shown(Picture montage, MontageCell cell) =>
        PictureBlocks.Crop(montage, cell.Top, cell.Left, cell.Picture.Height, cell.Picture.Width).Color;

    private static float[] InColor(Picture picture) =>
        picture.Channels == 3 ? picture.Color : [.. picture.Color.SelectMany(gray => new[] { gray, gray, gray })];

    private static Picture Noise(int height, int width, int channels)
    {
        var random = new Random(height);
        return new Picture(height, width, channels, [.. Enumerable.Range(0, height * width * channels).Select(_ => random.NextSingle())]);
    }
}
