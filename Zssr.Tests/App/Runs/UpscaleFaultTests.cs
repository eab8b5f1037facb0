using System.Text.Json;
using Zssr.Tests.Devices;

namespace Zssr.Tests.App.Runs;

/// <summary>
/// Disks that are full or read-only, and folders that vanish: one clear line, the exit code 1, and every file is as it was or whole.
/// </summary>
[TestFixture]
public sealed class UpscaleFaultTests : UpscaleFixture
{
    private static readonly string Options = string.Join(' ', Tiny) + " --iterations 20";

    /// <summary>Takes root's right to write where nobody may, which is what permissions are about.</summary>
    private const string WithoutPrivileges =
        "set --; [ $(id -u) = 0 ] && set -- setpriv --bounding-set=-dac_override,-dac_read_search,-fowner; \"$@\" dotnet \"$ZSSR\"";

    [Test]
    public void A_result_beyond_the_limit_of_file_sizes_fails_alone()
    {
        MakeThreeImages();
        // .NET's own memory for code counts as files otherwise.
        ProcessResult result = Script($"export DOTNET_EnableWriteXorExecute=0; ulimit -f 128; exec_zssr upscale in -o out {Options}");
        RequireOnlyLargeFailed(result, "ulimit -f");
    }

    [Test]
    [Needs(Need.Mounts)]
    public void A_result_for_which_the_disk_has_no_room_fails_alone()
    {
        MakeThreeImages();
        ProcessResult result = InNamespace(
            "out", $"mount -t tmpfs -o size=64k none out; zssr upscale in -o out {Options}; exit=$?; cp -a out kept; exit $exit");
        Directory.Delete(At("out"));
        Directory.Move(At("kept"), At("out"));
        RequireOnlyLargeFailed(result, "the disk is full");
    }

    [Test]
    [Needs(Need.Mounts)]
    public void A_run_whose_disk_is_full_keeps_its_last_checkpoint_and_goes_on_when_there_is_room()
    {
        MakeImage("a.png");
        string run = $"upscale a.png -o b.png --run-dir run {Options} --resume --checkpoint-every 0";
        // Room for the pairs and one checkpoint, not for two.
        ProcessResult result = InNamespace(
            "run", $"mount -t tmpfs -o size=108k none run; zssr {run}; [ $? = 1 ] || exit 9; cp -a run full; mount -o remount,size=9m run; "
            + $"zssr {run}; exit=$?; cp -a run kept; exit $exit");
        Assert.That(result.Exit, Is.Zero, result.Error);
        RequireComplaint(result with { Exit = 1 }, "a.png: cannot write run/checkpoint.safetensors: the disk is full.");
        Assert.That(Names("full"), Is.EqualTo(new[] { "checkpoint.safetensors", "pairs.png", "run.json" }));
        Assert.That(Record("full").GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(Record("kept").GetProperty("resumedAt").GetInt32(), Is.GreaterThan(0));

        Upscale("a.png", "-o", "whole.png", "--run-dir", "whole");
        Assert.That(Names("kept"), Is.EqualTo(Names("whole")));
        Assert.That(Bytes("b.png"), Is.EqualTo(Bytes("whole.png")));
        Assert.That(Bytes("kept/checkpoint.safetensors"), Is.EqualTo(Bytes("whole/checkpoint.safetensors")));
    }

    [TestCase("--run-dir run")]
    [TestCase("--json --run-dir run")]
    public void Notes_that_cannot_be_written_are_dropped(string options)
    {
        MakeImage("a.png");
        ProcessResult result = Script($"exec_zssr upscale a.png -o b.png {options} {Options} 2> /dev/full");
        Assert.That(result.Exit, Is.Zero, result.Output);
        Assert.That(Exists("b.png"));
        Assert.That(Record("run").GetProperty("status").GetString(), Is.EqualTo("finished"));
    }

    [TestCase("upscale a.png c.png -o out/", "out/a.png")]
    [TestCase("upscale a.png -o b.png --json", null)]
    [TestCase("presets", null)]
    [TestCase("sample -o s.png", "s.png")]
    public void A_result_that_cannot_be_told_ends_the_program_with_a_line(string command, string? made)
    {
        MakeImage("a.png");
        MakeImage("c.png");
        string options = command.StartsWith("upscale", StringComparison.Ordinal) ? Options : "";
        Refused(Script($"exec_zssr {command} {options} > /dev/full"), 1, "cannot write to standard output: the disk is full");
        Assert.That(Exists("out/c.png"), Is.False, "nobody would hear of it");
        if (made is not null)
            Assert.That(Exists(made), made);
        Assert.That(Script($"exec_zssr {command} {options} > /dev/full 2> /dev/full").Exit, Is.EqualTo(1));
    }

    [TestCase("nosuch", 2)]
    [TestCase("metrics none.png none.png", 1)]
    public void An_error_that_cannot_be_told_is_an_exit_code_all_the_same(string command, int exit) =>
        Assert.That(Script($"exec_zssr {command} 2> /dev/full").Exit, Is.EqualTo(exit));

    [Test]
    [Needs(Need.Mounts)]
    public void A_read_only_file_system_is_told_before_training()
    {
        MakeImage("a.png");
        ProcessResult result = InNamespace(
            "out", "mount --bind out out; mount -o remount,ro,bind out; zssr upscale a.png -o out/b.png " + Endless);
        Refused(result, 1, "cannot write out/b.png", "read-only");
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "out" }));
    }

    [TestCase("-o locked/b.png", "cannot write locked/b.png: permission is denied")]
    [TestCase("-o b.png --run-dir locked", "cannot write in the run folder locked: permission is denied")]
    [TestCase("-o b.png --run-dir locked/run", "cannot make the run folder locked/run")]
    public void A_folder_without_permission_is_told_before_training(string outputs, string message)
    {
        MakeImage("a.png");
        ProcessResult result = Script($"mkdir -m 555 locked; {WithoutPrivileges} upscale a.png {outputs} {Endless}");
        Refused(result, 1, message);
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "locked" }));
    }

    [Test]
    public void A_run_folder_whose_names_may_not_be_read_is_told_before_training()
    {
        MakeImage("a.png");
        ProcessResult result = Script(
            $"mkdir -m 300 run; ({WithoutPrivileges} upscale a.png -o b.png --run-dir run {Endless}); exit=$?; chmod 700 run; exit $exit");
        Refused(result, 1, "the run folder run may not be read", "another --run-dir");
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "run" }), "nor is a lock left");
    }

    [Test]
    public void A_read_only_file_is_not_replaced_even_with_force()
    {
        MakeImage("a.png");
        File.WriteAllText(At("b.png"), "precious");
        new FileInfo(At("b.png")).IsReadOnly = true;
        Refused(Script($"exec_zssr upscale a.png -o b.png --force {Endless}"), 1, "cannot write b.png: the file is read-only");
        Assert.That(File.ReadAllText(At("b.png")), Is.EqualTo("precious"));
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "b.png" }));
    }

    [Test]
    public void A_folder_of_results_that_vanishes_is_named_and_the_run_can_go_on()
    {
        MakeImage("a.png");
        string[] run = UpscaleArgs(200, "a.png", "-o", "out/b.png", "--run-dir", "run", "--checkpoint-every", "0", "--resume");
        using (ZssrProcess process = Start(run))
        {
            process.WaitUntil(() => Exists("run/checkpoint.safetensors"));
            Directory.Delete(At("out"));
            RequireComplaint(process.Wait(), "a.png: cannot write out/b.png: the folder", "does not exist");
        }

        Assert.That(Everything, Has.None.StartsWith("out"));
        Assert.That(Record("run").GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(Zssr(run).Exit, Is.Zero);
        Assert.That(Names("out"), Is.EqualTo(new[] { "b.png" }));
    }

    [Test]
    public void A_run_folder_that_vanishes_is_named_and_nothing_else_is_written()
    {
        MakeImage("a.png");
        using ZssrProcess process = Start(
            UpscaleArgs(100000, "a.png", "-o", "out/b.png", "--run-dir", "run", "--checkpoint-every", "0"));
        process.WaitUntil(() => Exists("run/checkpoint.safetensors"));
        Directory.Move(At("run"), At("elsewhere"));
        RequireComplaint(process.Wait(), "a.png: cannot write run/checkpoint.safetensors: the folder", "does not exist");
        Directory.Delete(At("elsewhere"), recursive: true);
        Assert.That(Everything, Is.EqualTo(new[] { "a.png", "out" }));
    }

    /// <summary>Would not end in the time of a test, if the training began.</summary>
    private static string Endless => Options.Replace("--iterations 20", "--iterations 1000000", StringComparison.Ordinal);

    /// <summary>Three images, of which the second's result takes 270 kB.</summary>
    private void MakeThreeImages()
    {
        MakeImage("in/a.png");
        MakeImage("in/b.bmp", 150, 150);
        MakeImage("in/c.png");
    }

    private void RequireOnlyLargeFailed(ProcessResult result, string reason)
    {
        Assert.That(result.Exit, Is.EqualTo(1), result.Error);
        Assert.That(Complaints(result), Has.Length.EqualTo(2), result.Error);
        Assert.That(Complaints(result)[0], Does.StartWith("zssr: in/b.bmp: cannot write out/b.bmp: ").And.Contain(reason));
        Assert.That(Complaints(result)[1], Is.EqualTo("zssr: 1 of 3 images failed: in/b.bmp."));
        Assert.That(Names("out"), Is.EqualTo(new[] { "a.png", "c.png" }));
        Upscale("in/a.png", "in/c.png", "-o", "whole/");
        foreach (string name in Names("out"))
            Assert.That(Bytes($"out/{name}"), Is.EqualTo(Bytes($"whole/{name}")), name);
    }

    /// <summary>One line of failure, beside those of progress on a slow machine.</summary>
    private static void RequireComplaint(ProcessResult result, params string[] words)
    {
        Assert.That(result.Exit, Is.EqualTo(1), result.Error);
        Assert.That(Complaints(result), Has.Length.EqualTo(1), result.Error);
        foreach (string word in words)
            Assert.That(Complaints(result)[0], Does.Contain(word));
    }

    private static string[] Complaints(ProcessResult result) =>
        [.. result.ErrorLines.Where(line => line.StartsWith("zssr: ", StringComparison.Ordinal))];

    /// <summary>Runs a script that mounts a file system on a folder, which ends with it.</summary>
    private ProcessResult InNamespace(string folder, string script)
    {
        Directory.CreateDirectory(At(folder));
        return Script($"declare -fx zssr; exec unshare -Urm bash -c '{script}'");
    }

    private string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(At(folder)).Select(entry => Path.GetFileName(entry)).Order()];

    private JsonElement Record(string run)
    {
        using JsonDocument record = JsonDocument.Parse(Bytes($"{run}/run.json"));
        return record.RootElement.Clone();
    }
}
