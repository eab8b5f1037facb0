using Zssr.App.Files;
using Zssr.App.Images;

namespace Zssr.Tests.App.Jobs;

/// <summary>No command writes over what it reads, by whatever name and with whatever option.</summary>
[TestFixture]
public sealed class InputsStayTests : UpscaleFixture
{
    [SetUp]
    public void MakeInput()
    {
        MakeImage("real/in.png");
        MakeImage("k.png", 5, 5, channels: 1);
        File.CreateSymbolicLink(At("link.png"), At("real/in.png"));
        Directory.CreateSymbolicLink(At("linked"), At("real"));
        File.Copy(At("real/in.png"), At("real/in.html"));
    }

    [TestCase("resize real/in.png -s 0.5 -o real/in.png --force")]
    [TestCase("resize real/in.png -s 0.5 -o link.png --force")]
    [TestCase("downscale linked/in.png -s 2 -o real/in.png --force")]
    [TestCase("downscale real/in.png -s 2 --kernel k.png -o k.png --force")]
    [TestCase("step real/in.png --dump linked/in.png --force")]
    [TestCase("graph real/in.html -o linked/in.html --force")]
    [TestCase("upscale real/in.png -o real/in.png --force")]
    [TestCase("upscale real/in.png -o link.png --force")]
    [TestCase("upscale real/in.png -o linked/in.png --force")]
    [TestCase("upscale link.png -o real/../real/in.png --force")]
    [TestCase("upscale real/in.png --kernel k.png -o k.png --force")]
    public void An_output_that_is_read_is_refused(string command)
    {
        byte[] image = Bytes("real/in.png"), kernel = Bytes("k.png");
        Refused(Zssr(command.Split(' ')), 1, "overwrite");
        Assert.That(Bytes("real/in.png"), Is.EqualTo(image));
        Assert.That(Bytes("k.png"), Is.EqualTo(kernel));
        Assert.That(new FileInfo(At("link.png")).LinkTarget, Is.Not.Null);
    }

    [Test]
    public void Another_file_behind_a_link_is_replaced_with_force()
    {
        MakeImage("real/old.png");
        File.CreateSymbolicLink(At("out.png"), At("real/old.png"));
        Assert.That(Zssr("resize", "real/in.png", "-s", "2", "-o", "out.png", "--force").Exit, Is.Zero);
        Assert.That(ImageFile.ReadSize(At("real/old.png")), Is.EqualTo((40, 48)));
    }

    [Test]
    public void Links_in_a_circle_and_to_nowhere_are_no_trouble()
    {
        File.CreateSymbolicLink(At("a"), At("b"));
        File.CreateSymbolicLink(At("b"), At("a"));
        File.CreateSymbolicLink(At("relative"), "real/in.png");
        Assert.That(Zssr("resize", "relative", "-s", "2", "-o", "large.png").Exit, Is.Zero);
        Assert.That(RealPath.Of(At("a/x.png")), Does.EndWith("x.png"));
        Assert.That(RealPath.Of(At("relative")), Is.EqualTo(RealPath.Of(At("linked/in.png"))));
        Assert.That(RealPath.Of(At("missing/x.png")), Is.EqualTo(Path.Combine(RealPath.Of(At(".")), "missing", "x.png")));
    }
}
