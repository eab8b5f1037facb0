using System.Buffers.Binary;
using Zssr.App.Errors;
using Zssr.App.Images;

namespace Zssr.Tests.App.Images;

/// <summary>Pictures of 16 bits keep them, whatever is done to them; and the options that say how a result is written.</summary>
[TestFixture]
public sealed class SixteenBitTests : FolderFixture
{
    private const int Side = 12;

    [TestCase(1, false)]
    [TestCase(1, true)]
    [TestCase(3, false)]
    [TestCase(3, true)]
    public void What_was_written_with_16_bits_is_read_again(int channels, bool transparent)
    {
        var random = new Random(channels);
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(65536) / 65535f)];
        var picture = new Picture(7, 5, channels, Values(35 * channels), transparent ? Values(35) : null) { Bits = 16 };
        Assert.That(ImageFile.Write(At("a.png"), picture), Is.Null);
        Picture read = ImageFile.Read(At("a.png"));
        Assert.That((read.Bits, read.Height, read.Width, read.Channels), Is.EqualTo((16, 7, 5, channels)));
        Assert.That(read.Color, Is.EqualTo(picture.Color));
        Assert.That(read.Alpha, Is.EqualTo(picture.Alpha));
    }

    [Test]
    public void Resizing_by_a_whole_number_repeats_all_16_bits()
    {
        WriteInput();
        Run("resize", "-s", "2", "--method", "box");
        Picture input = ImageFile.Read(At("in.png")), output = ImageFile.Read(At("out.png"));
        Assert.That(output.Bits, Is.EqualTo(16));
        for (int i = 0; i < output.Color.Length; i++)
            Assert.That(output.Color[i], Is.EqualTo(input.Color[i / (2 * Side) / 2 * Side + i % (2 * Side) / 2]));
    }

    [Test]
    public void Shrinking_by_2_is_the_mean_of_four_in_16_bits()
    {
        WriteInput();
        Run("downscale", "-s", "2", "--method", "box");
        Picture output = ImageFile.Read(At("out.png"));
        int[] input = Values();
        for (int i = 0; i < output.Color.Length; i++)
        {
            int at = i / (Side / 2) * 2 * Side + i % (Side / 2) * 2;
            double mean = (input[at] + input[at + 1] + input[at + Side] + input[at + Side + 1]) / 4.0;
            Assert.That(output.Color[i] * 65535.0, Is.EqualTo(mean).Within(0.51));
        }
    }

    [Test]
    public void Upscaling_gives_values_between_those_of_8_bits()
    {
        WriteInput();
        Run("upscale", "-s", "2", "--device", "cpu", "--width", "4", "--depth", "2", "--passes", "1", "--iterations", "2");
        Picture output = ImageFile.Read(At("out.png"));
        Assert.That(output.Bits, Is.EqualTo(16));
        Assert.That(output.Color.Select(value => MathF.Round(value * 65535) % 257).Distinct().Count(), Is.GreaterThan(100));
    }

    [Test]
    public void Eight_bits_stay_8_and_bits_says_otherwise()
    {
        WriteInput();
        Run("resize", "-s", "2", "--bits", "8");
        Assert.That(ImageFile.Read(At("out.png")).Bits, Is.EqualTo(8));
        File.Move(At("out.png"), At("in.png"), overwrite: true);
        Run("resize", "-s", "2");
        Assert.That(ImageFile.Read(At("out.png")).Bits, Is.EqualTo(8));
        Run("resize", "-s", "2", "--bits", "16", "--force");
        Assert.That(ImageFile.Read(At("out.png")).Bits, Is.EqualTo(16));
    }

    [TestCase("out.jpg")]
    [TestCase("out.bmp")]
    [TestCase("out.tga")]
    public void A_format_of_8_bits_says_what_it_drops(string name)
    {
        WriteInput();
        CommandRun run = CommandRun.Of("resize", At("in.png"), "-o", At(name), "-s", "2");
        Assert.That(run.Error, Does.Contain("dropped: 8 of 16 bits."));
    }

    [TestCase("95", 2)]
    [TestCase("50", 16)]
    [TestCase("1", 255)]
    public void Quality_sets_the_steps_of_a_jpeg(string quality, int firstStep)
    {
        WriteInput();
        CommandRun run = CommandRun.Of("resize", At("in.png"), "-o", At("out.jpg"), "-s", "2", "--quality", quality);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        byte[] file = File.ReadAllBytes(At("out.jpg"));
        int table = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB]);
        Assert.That(file[table + 5], Is.EqualTo(firstStep), "of the standard's first step, 16, scaled as libjpeg scales it");
    }

    [TestCase("0")]
    [TestCase("101")]
    [TestCase("good")]
    public void Quality_is_from_1_to_100(string quality)
    {
        WriteInput();
        CommandRun run = CommandRun.Of("resize", At("in.png"), "-o", At("out.jpg"), "-s", "2", "--quality", quality);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.Contain("from 1 to 100"));
    }

    private void Run(string command, params string[] options)
    {
        CommandRun run = CommandRun.Of([command, At("in.png"), "-o", At("out.png"), .. options]);
        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
    }

    private static int[] Values()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Side * Side).Select(i => 300 * i + random.Next(5000))];
    }

    private void WriteInput()
    {
        byte[] Row(int row)
        {
            byte[] bytes = new byte[2 * Side];
            for (int i = 0; i < Side; i++)
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), (ushort)Values()[row * Side + i]);
            return bytes;
        }

        File.WriteAllBytes(At("in.png"), PngBytes.Make(Side, 16, PngBytes.Gray, [.. Enumerable.Range(0, Side).Select(Row)]));
    }
}
