using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary>The mean of 128 and 129 is 129, as with MATLAB's imresize, by every command; the reference are whole numbers.</summary>
[TestFixture]
public sealed class HalvesTests : FolderFixture
{
    private string Input => At("in.png");

    private string Output => At("out.png");

    [TestCase("resize", "-s", "1x0.5", "--method", "box")]
    [TestCase("downscale", "-s", "1x2", "--method", "box")]
    [TestCase("downscale", "-s", "1x2", "--method", "box", "--round-passes")]
    [TestCase("downscale", "-s", "1x2", "--kernel", "pair.txt")]
    [TestCase("resize", "-s", "1x0.5", "--method", "bilinear")]
    public void Every_half_is_rounded_up(params string[] command)
    {
        // Pairs (k, k + 1); for bilinear each twice.
        bool isWide = command.Contains("bilinear");
        int[] levels = [.. Enumerable.Range(0, 255).SelectMany(k => isWide ? new[] { k, k, k + 1, k + 1 } : [k, k + 1])];
        Write(1, levels.Length, levels);

        int[] small = Run(command);

        if (isWide)
        {
            // Weights 1/8 3/8 3/8 1/8; the mirror image at the borders.
            int At(int i) => levels[Math.Clamp(i, 0, levels.Length - 1)];
            for (int j = 0; j < small.Length; j++)
            {
                int eighths = At(2 * j - 1) + 3 * At(2 * j) + 3 * At(2 * j + 1) + At(2 * j + 2);
                Assert.That(small[j], Is.EqualTo((2 * eighths + 8) / 16), $"pixel {j}: {eighths} / 8");
            }
        }
        else
        {
            Assert.That(small, Is.EqualTo(Enumerable.Range(1, 255)));
        }
    }

    [TestCase("resize", "-s", "0.5", "--method", "box")]
    [TestCase("downscale", "-s", "2", "--method", "box")]
    [TestCase("downscale", "-s", "2", "--kernel", "box2.txt")]
    public void A_random_picture_halved_is_that_of_whole_numbers(params string[] command)
    {
        var random = new Random(5);
        const int Height = 64, Width = 96;
        int[] levels = [.. Enumerable.Range(0, Height * Width).Select(_ => random.Next(256))];
        Write(Height, Width, levels);

        int[] small = Run(command);

        for (int i = 0; i < Height / 2; i++)
        {
            for (int j = 0; j < Width / 2; j++)
            {
                int at = 2 * i * Width + 2 * j;
                int quarters = levels[at] + levels[at + 1] + levels[at + Width] + levels[at + Width + 1];
                Assert.That(small[i * (Width / 2) + j], Is.EqualTo((quarters + 2) / 4), $"{quarters} / 4");
            }
        }
    }

    private void Write(int height, int width, int[] levels) =>
        ImageFile.Write(Input, new Picture(height, width, 1, Array.ConvertAll(levels, level => level / 255f)));

    private int[] Run(string[] command)
    {
        File.WriteAllText(At("pair.txt"), "1 1");
        File.WriteAllText(At("box2.txt"), "1 1\n1 1");
        IEnumerable<string> options = command.Skip(1).Select(arg => arg.EndsWith(".txt", StringComparison.Ordinal) ? At(arg) : arg);
        CommandRun run = CommandRun.Of([command[0], Input, "-o", Output, .. options]);
        Assert.That(run.Exit, Is.Zero, run.Error);
        return Array.ConvertAll(ImageFile.Read(Output).Color, value => (int)Math.Round(value * 255.0));
    }
}
