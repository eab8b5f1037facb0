using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Fuzzing;

namespace Zssr.Tests.Nn.Checkpoints;

/// <summary>Checkpoints of other runs and damaged ones are refused by a message, and by nothing else.</summary>
public sealed class CheckpointErrorTests
{
    private static readonly ZssrSettings Settings = SmallRuns.Small(ZssrPresets.PaperGradual, iterations: 2) with
    {
        Inference = new() { Ensemble = 1, BackProjections = 0 },
    };

    private static readonly BlurKernel Kernel = BlurKernel.FromText("1 2 1\n2 4 2");

    [Test]
    public void A_checkpoint_of_another_image_is_refused()
    {
        using Tensor other = PlainImages.Noise(6, 5, 1, seed: 1).On(SmallRuns.Cpu);
        Refuse(new SuperResolver(Settings), other, Checkpoint(), "another image or blur kernel");
    }

    [Test]
    public void A_checkpoint_whose_image_is_not_the_input_is_refused_though_an_earlier_version_wrote_it_without_a_checksum()
    {
        using Tensor image = Image();
        var file = SafetensorsFile.Read(SmallRuns.AsOlderVersion(SmallRuns.LastCheckpoint(new SuperResolver(SmallRuns.Paper), image)));
        var changed = new SafetensorsFile();
        foreach ((string key, string text) in file.Metadata)
            changed.Metadata.Add(key, text);
        foreach (string name in file.Names)
        {
            float[] values = file.Floats(name);
            if (name == "sources.0.image")
                values[^1] = MathF.BitIncrement(values[^1]);
            if (file.DTypeOf(name) == DType.Float32)
                changed.Add(name, file.ShapeOf(name), values);
            else
                changed.Add(name, file.ShapeOf(name), file.Doubles(name));
        }

        using var stream = new MemoryStream();
        changed.Write(stream);
        Refuse(new SuperResolver(SmallRuns.Paper), image, stream.ToArray(), "its image is not the run's input");
    }

    [Test]
    public void A_checkpoint_that_lost_its_checksum_is_refused()
    {
        var file = SafetensorsFile.Read(Checkpoint());
        using var stream = new MemoryStream();
        file.Write(stream);
        Assert.That(() => SmallRuns.Read(stream.ToArray()), Throws.TypeOf<CheckpointException>().With.Message.Contains("checksum"));
    }

    [Test]
    public void A_checkpoint_of_other_settings_is_refused()
    {
        using Tensor image = Image();
        Refuse(new SuperResolver(Settings with { Seed = 2 }), image, Checkpoint(), "other settings");
    }

    [Test]
    public void A_checkpoint_of_another_kernel_is_refused()
    {
        using Tensor image = Image();
        ZssrSettings settings = SmallRuns.Paper;
        byte[] plain = SmallRuns.LastCheckpoint(new SuperResolver(settings), image);
        Refuse(new SuperResolver(settings, Kernel), image, plain, "another image or blur kernel");
        byte[] withKernel = SmallRuns.LastCheckpoint(new SuperResolver(settings, Kernel), image);
        Refuse(new SuperResolver(settings, BlurKernel.FromText("1 2 1\n2 5 2")), image, withKernel, "another image or blur kernel");
    }

    [Test]
    public void Weights_alone_are_no_training_checkpoint()
    {
        var weights = new SafetensorsFile();
        weights.Add("layers.0.weight", [1], [1f]);
        Assert.That(
            () => SmallRuns.Read(Bytes(weights)), Throws.TypeOf<CheckpointException>().With.Message.Contains("not a training checkpoint"));
    }

    private static readonly string[] Parts =
    [
        "layers.0.weight", "optimizer.first_moment.layers.1.weight", "history.0.losses", "history.1.rates", "history.5.errors",
        "sources.0.image", "sources.5.scale",
    ];

    [Test]
    public void A_missing_part_is_named([ValueSource(nameof(Parts))] string part) =>
        RefuseChanged(file => Copy(file, name => name != part), Named(part));

    [Test]
    public void A_part_of_another_shape_is_named([ValueSource(nameof(Parts))] string part) => RefuseChanged(
        file =>
        {
            SafetensorsFile changed = Copy(file, name => name != part);
            changed.Add(part, [1, 1], [1.0]);
            return changed;
        },
        Named(part));

    [TestCase("stage", "4", "more images")]
    [TestCase("stage", "6", "history.6.losses")]
    [TestCase("stage", "-1", "stage")]
    [TestCase("stage", "many", "stage")]
    [TestCase("optimizer_step", "3", "made 3 steps")]
    [TestCase("optimizer_step", "9223372036854775807", "steps")]
    [TestCase("optimizer_step", "99999999999999999999", "optimizer_step")]
    [TestCase("format", "zssr-training-1", "zssr-training-1")]
    [TestCase("good_iterations", "1", "good.1.layers.0.weight")]
    [TestCase("good_iterations", "0,100", "good_iterations")]
    [TestCase("good_iterations", "", "good_iterations")]
    [TestCase("input_sha256", "00", "another image")]
    [TestCase("settings_sha256", "00", "other settings")]
    public void Metadata_that_cannot_be_is_refused(string name, string text, string message) => RefuseChanged(
        file =>
        {
            SafetensorsFile changed = Copy(file, _ => true);
            changed.Metadata[name] = text;
            return changed;
        },
        message);

    [TestCase("format")]
    [TestCase("stage")]
    [TestCase("optimizer_step")]
    [TestCase("input_sha256")]
    public void Missing_metadata_is_refused(string name) => RefuseChanged(
        file =>
        {
            SafetensorsFile changed = Copy(file, _ => true);
            changed.Metadata.Remove(name);
            return changed;
        },
        name == "format" ? "not a training checkpoint" : name);

    [TestCase(double.NaN)]
    [TestCase(-1e-3)]
    [TestCase(double.PositiveInfinity)]
    public void A_rate_that_cannot_be_is_refused(double rate) => RefuseChanged(
        file =>
        {
            SafetensorsFile changed = Copy(file, name => name != "history.5.rates");
            changed.Add("history.5.rates", [1, 2], [0, rate]);
            return changed;
        },
        "history.5.rates");

    [Test]
    public void Any_change_of_a_checkpoint_is_read_or_refused_but_never_crashes()
    {
        // Of an older version, for the checksum of newer ones would end the search at once.
        byte[] sound = SmallRuns.AsOlderVersion(Checkpoint());
        var random = new Random(1);
        using Tensor image = Image();
        int refused = 0;
        for (int change = 0; change < 500; change++)
        {
            int before = SmallRuns.Cpu.LiveBuffers;
            try
            {
                TrainingCheckpoint checkpoint = SmallRuns.Read(Mutation.Of(sound, random));
                using SuperResolutionResult result = new SuperResolver(Settings).Run(image, hooks: null, checkpoint);
            }
            catch (Exception e) when (e is CheckpointException or SafetensorsException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"change {change}: {e}");
            }

            Assert.That(SmallRuns.Cpu.LiveBuffers, Is.EqualTo(before), $"change {change}");
        }

        Assert.That(refused, Is.InRange(100, 499));
    }

    /// <summary>How messages call a part: an image and its scale are one.</summary>
    private static string Named(string part) => part.StartsWith("sources", StringComparison.Ordinal) ? part[..part.LastIndexOf('.')] : part;

    private static Tensor Image() => PlainImages.Drawing(6, 5, channels: 1).On(SmallRuns.Cpu);

    /// <summary>At the end of the training of the sixth and last stage.</summary>
    private static byte[] Checkpoint()
    {
        using Tensor image = Image();
        return SmallRuns.LastCheckpoint(new SuperResolver(Settings), image);
    }

    private static void RefuseChanged(Func<SafetensorsFile, SafetensorsFile> change, string message)
    {
        using Tensor image = Image();
        Refuse(new SuperResolver(Settings), image, Bytes(change(SafetensorsFile.Read(Checkpoint()))), message);
    }

    private static void Refuse(SuperResolver resolver, Tensor image, byte[] checkpoint, string message) => Assert.That(
        () => resolver.Run(image, hooks: null, SmallRuns.Read(checkpoint)),
        Throws.TypeOf<CheckpointException>().With.Message.Contains(message));

    private static SafetensorsFile Copy(SafetensorsFile file, Func<string, bool> isKept)
    {
        var copy = new SafetensorsFile();
        foreach ((string key, string text) in file.Metadata)
            copy.Metadata.Add(key, text);
        foreach (string name in file.Names.Where(isKept))
        {
            if (file.DTypeOf(name) == DType.Float32)
                copy.Add(name, file.ShapeOf(name), file.Floats(name));
            else
                copy.Add(name, file.ShapeOf(name), file.Doubles(name));
        }

        return copy;
    }

    private static byte[] Bytes(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream, withChecksum: true);
        return stream.ToArray();
    }
}
