using Zssr.App.Images;

namespace Zssr.Tests.App;

/// <summary>A folder for each test, tiny images, and settings with which a run takes a moment.</summary>
[Platform("Linux", Reason = "programs are stopped by signals")]
[RunsApart]
public abstract class UpscaleFixture : FolderFixture
{
    /// <summary>A small network, trained once, on one thread of the processor.</summary>
    protected static readonly string[] Tiny = ["--width", "8", "--depth", "3", "--passes", "1", "--device", "cpu", "--threads", "1"];

    /// <summary>The bytes of a file in the test's folder.</summary>
    protected byte[] Bytes(string name) => File.ReadAllBytes(At(name));

    /// <summary>Whether there is such a file in the test's folder.</summary>
    protected bool Exists(string name) => File.Exists(At(name));

    /// <summary>Everything in the test's folder.</summary>
    protected string[] Everything =>
    [
        .. Directory.GetFileSystemEntries(At("."), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(At("."), path)).Order(),
    ];

    /// <summary>Runs the program in the test's folder, in a process that has run it before.</summary>
    protected ProcessResult Zssr(params string[] args) => SharedProgram.Run(At("."), ProgramHome.Path, memoryLimit: null, args);

    /// <summary>The same with a limit on the memory of tensors, in megabytes.</summary>
    protected ProcessResult ZssrWithin(string megabytes, params string[] args) =>
        SharedProgram.Run(At("."), ProgramHome.Path, megabytes, args);

    /// <summary>Runs <c>zssr upscale</c> with a small network for 20 iterations.</summary>
    protected ProcessResult Upscale(params string[] args) => Zssr([.. UpscaleArgs(20, args)]);

    /// <summary>Starts the program in the test's folder, in a process of its own.</summary>
    protected ZssrProcess Start(params string[] args) => new(At("."), ProgramHome.Path, args);

    /// <summary>Runs a script for bash in the test's folder, as <see cref="ZssrProcess.Script"/> does.</summary>
    protected ProcessResult Script(string script)
    {
        using ZssrProcess process = ZssrProcess.Script(At("."), ProgramHome.Path, script);
        return process.Wait();
    }

    /// <summary>The command line of a small network.</summary>
    protected static string[] UpscaleArgs(int iterations, params string[] args) =>
        ["upscale", .. args, .. Tiny, "--iterations", $"{iterations}"];

    /// <summary>Writes an image of 24 × 20 smooth, different pixels.</summary>
    protected void MakeImage(string name, int channels = 3, bool hasAlpha = false) => MakeImage(name, 20, 24, channels, hasAlpha);

    /// <summary>Writes an image of smooth, different pixels; where it has transparency, its right half is invisible and black.</summary>
    protected void MakeImage(string name, int height, int width, int channels = 3, bool hasAlpha = false)
    {
        float[] color = new float[height * width * channels], alpha = new float[height * width];
        for (int i = 0; i < alpha.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, width);
            alpha[i] = column < width / 2 ? 1 : 0;
            for (int c = 0; c < channels; c++)
                color[i * channels + c] = hasAlpha && alpha[i] == 0 ? 0 : 0.7f + 0.25f * MathF.Sin(row * 0.5f + column * (0.3f + 0.2f * c));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        ImageFile.Write(At(name), new Picture(height, width, channels, color, hasAlpha ? alpha : null));
    }

    /// <summary>A failure that is told in one line on standard error, by its words, and leaves the output unwritten.</summary>
    protected static void Refused(ProcessResult result, int exit, params string[] words)
    {
        Assert.That(result.Exit, Is.EqualTo(exit), result.Error);
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1), result.Error);
        Assert.That(result.Error, Does.StartWith("zssr: ").And.Not.Contain("unexpected"));
        foreach (string word in words)
            Assert.That(result.Error, Does.Contain(word));
        Assert.That(result.Output, Is.Empty);
    }
}
