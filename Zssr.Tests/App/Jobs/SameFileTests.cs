using Zssr.App.Files;
using Zssr.Tests.Devices;

namespace Zssr.Tests.App.Jobs;

/// <summary>An input is not replaced under a name that is another's in letters only: files are told apart by device and number.</summary>
[TestFixture]
public sealed class SameFileTests : UpscaleFixture
{
    [SetUp]
    public void MakeInput()
    {
        MakeImage("a/in.png");
        MakeImage("a/k.png", 5, 5, channels: 1);
        Directory.CreateDirectory(At("b"));
    }

    [TestCase("upscale a -o b")]
    [TestCase("upscale a/in.png -o b/in.png")]
    [TestCase("upscale a/in.png -o b/k.png --kernel a/k.png")]
    [TestCase("upscale a/in.png -o o.png --run-dir b")]
    [TestCase("resize a/in.png -s 2 -o b/in.png")]
    [TestCase("downscale a/in.png -s 2 -o b/in.png")]
    [TestCase("downscale a/in.png -s 2 --kernel a/k.png -o b/k.png")]
    [TestCase("step a/in.png --dump b/in.png")]
    [TestCase("graph a/in.html -o b/in.html")]
    [TestCase("evaluate a -o b/in.md")]
    [TestCase("inspect a/index.html -o b")]
    [TestCase("export a/net.safetensors -o b/net.safetensors")]
    [Needs(Need.Mounts)]
    public void An_input_in_a_folder_that_is_mounted_twice_stays(string command)
    {
        byte[] image = Bytes("a/in.png"), kernel = Bytes("a/k.png");
        foreach (string copy in new[] { "a/in.html", "a/index.html", "a/net.safetensors", "a/output.png" })
            File.Copy(At("a/in.png"), At(copy));
        // A table could replace an image that has no such name.
        if (command.StartsWith("evaluate", StringComparison.Ordinal))
            File.CreateSymbolicLink(At("a/in.md"), At("a/in.png"));
        if (command.Contains("--run-dir", StringComparison.Ordinal))
            command = command.Replace("a/in.png", "a/output.png", StringComparison.Ordinal);
        ProcessResult result = Script($"declare -fx zssr; exec unshare -Urm bash -c 'mount --bind a b; zssr {command} --force'");
        Refused(result, 1, "overwrite");
        Assert.That(Bytes("a/in.png"), Is.EqualTo(image));
        Assert.That(Bytes("a/k.png"), Is.EqualTo(kernel));
        Assert.That(Bytes("a/output.png"), Is.EqualTo(image));
    }

    [Test]
    [Needs(Need.Mounts)]
    public void Two_results_that_would_meet_in_one_folder_are_refused()
    {
        MakeImage("more/in.png");
        ProcessResult result = Script(
            "declare -fx zssr; mkdir -p out/a out/more; exec unshare -Urm bash -c 'mkdir t; mv a more t; mount --bind out/a out/more; "
            + "zssr upscale t -r -o out'");
        Refused(result, 1, "overwrite", "another result");
    }

    [Test]
    public void A_second_name_of_an_input_is_the_input()
    {
        using ZssrProcess link = ZssrProcess.Script(At("."), ProgramHome.Path, "ln a/in.png b/other.png");
        Assert.That(link.Wait().Exit, Is.Zero);
        byte[] image = Bytes("a/in.png");
        Refused(Zssr("resize", "a/in.png", "-s", "2", "-o", "b/other.png", "--force"), 1, "overwrite", "it is a/in.png");
        Refused(Upscale("a/in.png", "-o", "b/other.png", "--force"), 1, "overwrite");
        Assert.That(Bytes("b/other.png"), Is.EqualTo(image));
    }

    [Test]
    public void Names_of_files_that_do_not_exist_differ_as_their_letters_do()
    {
        var files = new FileSet(At("none/x"));
        Assert.That(files.Contains(At("none/../none/x")));
        Assert.That(files.Contains(At("none/y")), Is.False);
        Assert.That(files.Contains(At("x")), Is.False);
        Assert.That(files.Add(At("none/y")));
        Assert.That(files.Add(At("none/y")), Is.False);
    }
}
