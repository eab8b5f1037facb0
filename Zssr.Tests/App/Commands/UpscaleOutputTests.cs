using System.Text.Json;
using Zssr.App.Images;

namespace Zssr.Tests.App.Commands;

/// <summary>What <c>zssr upscale</c> writes.</summary>
[TestFixture]
public sealed class UpscaleOutputTests : UpscaleFixture
{
    [TestCase("2", 48, 40)]
    [TestCase("1.5", 36, 30)]
    [TestCase("2x3", 72, 40)]
    [TestCase("2,1.5", 72, 60)]
    public void The_output_is_as_much_larger_as_was_asked_for(string scale, int width, int height)
    {
        MakeImage("a.png");
        ProcessResult result = Upscale("a.png", "-o", "b.png", "-s", scale);
        Assert.That(result.Exit, Is.Zero, result.Error);
        Picture output = ImageFile.Read(At("b.png"));
        Assert.That((output.Width, output.Height, output.Channels), Is.EqualTo((width, height, 3)));
        Assert.That(result.OutputLines, Has.Length.EqualTo(1));
        Assert.That(result.Output, Does.StartWith($"b.png: {width} x {height}"));
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "b.png" }), "and no temporary file");
    }

    [Test]
    public void The_output_is_the_image_in_more_pixels_and_the_settings_matter()
    {
        MakeImage("a.png");
        Upscale("a.png", "-o", "b.png");
        Upscale("a.png", "-o", "c.png", "--seed", "2");
        Picture small = ImageFile.Read(At("a.png")), large = ImageFile.Read(At("b.png"));
        for (int i = 2; i < 18; i++)
        {
            for (int j = 2; j < 22; j++)
                Assert.That(large.Color[(2 * i * 48 + 2 * j) * 3], Is.EqualTo(small.Color[(i * 24 + j) * 3]).Within(0.15f));
        }

        Assert.That(Bytes("c.png"), Is.Not.EqualTo(Bytes("b.png")), "another seed, another result");
    }

    [Test]
    public void The_same_seed_gives_the_same_file_in_another_process()
    {
        MakeImage("a.png");
        using ZssrProcess process = Start(UpscaleArgs(20, "a.png", "-o", "b.png", "--seed", "7"));
        Assert.That(process.Wait().Exit, Is.Zero);
        Upscale("a.png", "-o", "c.png", "--seed", "7");
        Assert.That(Bytes("c.png"), Is.EqualTo(Bytes("b.png")));
    }

    [Test]
    public void Gray_stays_gray()
    {
        MakeImage("a.png", channels: 1);
        Assert.That(Upscale("a.png", "-o", "b.png", "--run-dir", "run").Exit, Is.Zero);
        Assert.That(ImageFile.Read(At("b.png")).Channels, Is.EqualTo(1));
        using JsonDocument record = JsonDocument.Parse(Bytes("run/run.json"));
        Assert.That(record.RootElement.GetProperty("output").GetProperty("channels").GetInt32(), Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Transparency_grows_with_the_image_and_its_edge_does_not_darken(int channels)
    {
        MakeImage("a.png", channels, hasAlpha: true);
        Assert.That(Upscale("a.png", "-o", "b.png").Exit, Is.Zero);
        Picture output = ImageFile.Read(At("b.png"));
        Assert.That(output.Channels, Is.EqualTo(channels));
        Assert.That(output.Alpha, Is.Not.Null);
        for (int i = 0; i < output.Alpha!.Length; i++)
        {
            int column = i % 48;
            if (column is < 20 or >= 28)
                Assert.That(output.Alpha[i], Is.EqualTo(column < 24 ? 1 : 0).Within(0.01f));
            if (output.Alpha[i] > 0)
                Assert.That(output.Color[i * channels], Is.GreaterThan(0.3f), "visible colours are over 0.4, invisible ones were black");
        }
    }

    [Test]
    public void Jpeg_says_that_it_loses_transparency()
    {
        MakeImage("a.png", hasAlpha: true);
        ProcessResult result = Upscale("a.png", "-o", "b.jpg");
        Assert.That(result.Exit, Is.Zero);
        Assert.That(result.Error, Does.Contain("b.jpg: JPEG cannot hold transparency"));
    }

    [Test]
    public void A_missing_output_folder_is_made()
    {
        MakeImage("a.png");
        Assert.That(Upscale("a.png", "-o", "new/deep/b.png").Exit, Is.Zero);
        Assert.That(Exists("new/deep/b.png"));
    }

    [Test]
    public void An_existing_output_is_replaced_with_force_only()
    {
        MakeImage("a.png");
        File.WriteAllText(At("b.png"), "precious");
        Refused(Upscale("a.png", "-o", "b.png"), 1, "b.png exists", "--force");
        Assert.That(File.ReadAllText(At("b.png")), Is.EqualTo("precious"));
        Assert.That(Upscale("a.png", "-o", "b.png", "--force").Exit, Is.Zero);
        Assert.That(ImageFile.Read(At("b.png")).Width, Is.EqualTo(48));
    }

    [Test]
    public void A_kernel_from_a_text_and_from_a_formula_changes_the_result()
    {
        MakeImage("a.png");
        File.WriteAllText(At("kernel.txt"), "1 2 1\n2 4 2\n1 2 1\n");
        Upscale("a.png", "-o", "plain.png");
        foreach (string kernel in new[] { "kernel.txt", "gaussian:1.2" })
        {
            string name = kernel.Split(':', '.')[0] + ".png";
            ProcessResult result = Upscale("a.png", "-o", name, "--kernel", kernel, "--run-dir", "run-" + name);
            Assert.That(result.Exit, Is.Zero, result.Error);
            Assert.That(Bytes(name), Is.Not.EqualTo(Bytes("plain.png")));
            using JsonDocument record = JsonDocument.Parse(Bytes($"run-{name}/run.json"));
            Assert.That(record.RootElement.GetProperty("kernel").GetString(), Is.EqualTo(kernel));
        }

        Assert.That(Bytes("kernel.png"), Is.Not.EqualTo(Bytes("gaussian.png")));
    }
}
