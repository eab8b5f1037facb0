using System.Text.Json;
using Zssr.App.Display;
using Zssr.App.Images;
using Zssr.App.Jobs;
using Zssr.App.Records;
using Zssr.App.Runs;
using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Nn;
using Zssr.Tests.References;

namespace Zssr.Tests.App.Runs;

/// <summary>A device that fails in the middle of a run.</summary>
[RunsHere]
public sealed class DeviceFallbackTests : UpscaleFixture
{
    private static readonly ZssrSettings Settings = SmallRuns.Small(ZssrPresets.Paper, iterations: 20);

    [Test]
    public void What_auto_has_chosen_is_given_up_and_the_run_goes_on_from_its_checkpoint_on_the_processor()
    {
        MakeImage("a.png");
        MakeImage("b.png", 18, 22);
        var display = new Notes();
        using Device failing = FailingAfter(iterations: 11);
        using var fallback = new DeviceFallback(failing, () => Device.Open("cpu"), device => Runner(device, display), display);

        Assert.That(fallback.Run(Job("a")), Is.True);
        Assert.That(fallback.Run(Job("b")), Is.True, "the next image is done on the processor at once");

        Assert.That(display.Lines, Has.Count.EqualTo(1));
        Assert.That(display.Lines[0], Does.Contain("a.png").And.Contain("planted").And.Contain("continues from iteration 11 on cpu"));
        foreach ((string name, int? resumedAt) in new[] { ("a", (int?)11), ("b", null) })
        {
            using var record = JsonDocument.Parse(Bytes($"run-{name}/run.json"));
            JsonElement root = record.RootElement;
            Assert.That(root.GetProperty("status").GetString(), Is.EqualTo("finished"));
            Assert.That(root.GetProperty("device").GetProperty("portable").GetBoolean(), Is.False);
            Assert.That(root.TryGetProperty("resumedAt", out JsonElement at) ? at.GetInt32() : (int?)null, Is.EqualTo(resumedAt));
            AssertIsNearTheProcessorsOwn(name);
        }
    }

    [Test]
    public void A_device_that_was_named_fails_clearly()
    {
        MakeImage("a.png");
        using Device failing = FailingAfter(iterations: 11);
        using var named = new DeviceFallback(failing, openProcessor: null, device => Runner(device, new Notes()), new Notes());
        Assert.That(() => named.Run(Job("a")), Throws.InstanceOf<DeviceException>().With.Message.Contains("planted"));
        using var record = JsonDocument.Parse(Bytes("run-a/run.json"));
        Assert.That(record.RootElement.GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(record.RootElement.GetProperty("error").GetString(), Does.Contain("planted"));
        Assert.That(Exists("a-large.png"), Is.False);
        Assert.That(Exists("run-a/checkpoint.safetensors"), Is.True, "to go on from");
    }

    /// <summary>The portable kernels, on a device that answers no more once so many iterations have been done.</summary>
    private static Device FailingAfter(int iterations)
    {
        var device = Device.Open("cpu", new DeviceOptions { Portable = true });
        int steps = 0;
        device.BeforeOperation = operation =>
        {
            if (operation == "l1 loss")
                steps++;
            if (steps > iterations)
                throw new DeviceException("planted: the device has been lost.", device.ToString(), operation);
        };
        return device;
    }

    private static JobRunner Runner(Device device, RunDisplay display) => new(
        device, Settings, kernel: null, display,
        new RunnerOptions { CheckpointInterval = TimeSpan.Zero, KeepsCheckpoint = true },
        CancellationToken.None);

    private UpscaleJob Job(string name) => new(At($"{name}.png"), At($"{name}-large.png"), At($"run-{name}"), null);

    private void AssertIsNearTheProcessorsOwn(string name)
    {
        Picture input = ImageFile.Read(At($"{name}.png")), output = ImageFile.Read(At($"{name}-large.png"));
        using Tensor image = input.ToTensor(SmallRuns.Cpu);
        using Tensor expected = new SuperResolver(Settings).Upscale(image);
        float[] whole = expected.ToArray();
        Assert.That(Distances.Largest(output.Color, whole), Is.LessThan(0.02), name);
    }

    private sealed class Notes : RunDisplay
    {
        public List<string> Lines { get; } = [];

        public override void Begin(UpscaleJob job)
        {
        }

        public override void Report(UpscaleJob job, RunProgress progress)
        {
        }

        public override void Note(string line) => Lines.Add(line);

        public override void Done(UpscaleJob job, RunRecord record)
        {
        }
    }
}
