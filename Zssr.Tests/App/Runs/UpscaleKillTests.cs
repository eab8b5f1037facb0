using System.Text.Json;

namespace Zssr.Tests.App.Runs;

/// <summary>Kills a run of a folder, lets it go on, kills it again, until it comes to its end; then all over again.</summary>
[TestFixture]
public sealed class UpscaleKillTests : UpscaleFixture
{
    private const int MostKills = 50;
    private const int Killed = 137; // 128 + SIGKILL

    private static readonly int Kills = Thoroughness.Of(usual: 3, thorough: MostKills);
    private static readonly string[] Phases = ["enlarging", "training", "writing"];

    [Test]
    public void A_folder_killed_at_random_moments_ends_with_the_bytes_of_an_undisturbed_run_and_nothing_else()
    {
        MakeImage("in/a.png");
        MakeImage("in/b.png", channels: 1);
        MakeImage("in/c.bmp");
        Assert.That(Zssr(Run("whole")).Exit, Is.Zero);
        string[] files = Files("whole");

        var random = new Random(6);
        var kills = new SortedDictionary<string, int>();
        int ends = 0;
        while (kills.Values.Sum() < Kills || (!Phases.All(kills.ContainsKey) && kills.Values.Sum() < MostKills))
        {
            // A few kills at random moments miss some phase: they are aimed. Of many, none is.
            string? aim = Thoroughness.IsAsked ? null : Phases.FirstOrDefault(phase => !kills.ContainsKey(phase));
            if (KilledIn(random, aim) is { } phase)
            {
                kills[phase] = kills.GetValueOrDefault(phase) + 1;
                RequireWholeFiles();
            }
            else
            {
                RequireTheSame(files);
                Directory.Delete(At("killed"), recursive: true);
                ends++;
            }
        }

        Assert.That(Zssr(Run("killed")).Exit, Is.Zero);
        RequireTheSame(files);
        TestContext.Out.WriteLine(
            $"{kills.Values.Sum()} kills, {ends + 1} ends: {string.Join(", ", kills.Select(kill => $"{kill.Value} {kill.Key}"))}");
        Assert.That(kills.Keys, Is.SupersetOf(Phases));
    }

    private static string[] Run(string folder) =>
    [
        .. UpscaleArgs(20, "in", "-o", $"{folder}/out", "--run-dir", $"{folder}/runs"),
        "--resume", "--json", "--checkpoint-every", "0",
    ];

    /// <summary>Starts the run, and kills it in a phase, or after some lines and milliseconds; null where it ended before.</summary>
    private string? KilledIn(Random random, string? aim)
    {
        using ZssrProcess process = Start(Run("killed"));
        int lines = random.Next(0, 18), milliseconds = random.Next(0, lines == 0 ? 400 : 60);
        while (!process.HasEnded && (aim is null ? process.OutputLinesSoFar.Length < lines : Phase(process.OutputLinesSoFar) != aim))
            Thread.Sleep(1);
        Thread.Sleep(aim is null ? milliseconds : 0);
        process.Kill();
        ProcessResult result = process.Wait();
        if (result.Exit == Killed)
            return Phase(result.OutputLines);
        Assert.That(result.Exit, Is.Zero, result.Error);
        return null;
    }

    /// <summary>What a program did that wrote these lines; the last of them may be cut off.</summary>
    private static string Phase(string[] lines)
    {
        if (lines.LastOrDefault(line => line.EndsWith('}')) is not { } last)
            return "starting";
        using JsonDocument document = JsonDocument.Parse(last);
        JsonElement line = document.RootElement;
        if (line.GetProperty("event").GetString() is "done" or "skipped" or "summary")
            return "between images";
        if (!line.TryGetProperty("phase", out JsonElement phase))
            return "training";
        bool isWriting = phase.GetString() == "enlarging" && line.GetProperty("done").GetInt32() == line.GetProperty("total").GetInt32();
        return isWriting ? "writing" : phase.GetString()!;
    }

    /// <summary>Whatever is there under its name is complete.</summary>
    private void RequireWholeFiles()
    {
        foreach (string image in Directory.Exists(At("killed/out")) ? Directory.GetFiles(At("killed/out"), "*.???") : [])
        {
            string name = Path.GetFileName(image);
            if (!name.StartsWith(".zssr-", StringComparison.Ordinal))
                Assert.That(Bytes($"killed/out/{name}"), Is.EqualTo(Bytes($"whole/out/{name}")), name);
        }
    }

    /// <summary>The same names, and the same bytes in all but the records, which have times in them.</summary>
    private void RequireTheSame(string[] files)
    {
        Assert.That(Files("killed"), Is.EqualTo(files));
        foreach (string file in files.Where(file => Path.GetFileName(file) != "run.json"))
            Assert.That(Bytes($"killed/{file}"), Is.EqualTo(Bytes($"whole/{file}")), file);
    }

    private string[] Files(string folder) =>
    [
        .. Directory.GetFiles(At(folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(At(folder), path)).Order(),
    ];
}
