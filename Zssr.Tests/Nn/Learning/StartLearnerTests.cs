using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.Nn.Starts;

namespace Zssr.Tests.Nn.Learning;

/// <summary>Starts are learned the same way each time, go on where they were interrupted, and know more than random weights.</summary>
public sealed class StartLearnerTests
{
    [TestCase(ShrinkingKind.Bicubic)]
    [TestCase(ShrinkingKind.Mixture)]
    public void The_same_recipe_gives_the_same_file(ShrinkingKind shrinking)
    {
        StartRecipe recipe = SmallStarts.Recipe with { Shrinking = shrinking };
        byte[] once = SmallStarts.Learn(recipe), again = SmallStarts.Learn(recipe);
        Assert.That(again, Is.EqualTo(once));
        byte[] other = SmallStarts.Learn(recipe with { Settings = recipe.Settings with { Seed = 2 } });
        Assert.That(First(other), Is.Not.EqualTo(First(once)));

        static float[] First(byte[] start) => SafetensorsFile.Read(start).Floats("layers.0.weight");
    }

    [Test]
    public void One_thread_gives_the_file_of_two()
    {
        using var one = Device.Open(TestDevice.Cpu.Find(OpenDevices.Found)!.Value, new DeviceOptions { Threads = 1 });
        using var two = Device.Open(TestDevice.Cpu.Find(OpenDevices.Found)!.Value, new DeviceOptions { Threads = 2 });
        Assert.That(SmallStarts.Learn(SmallStarts.Recipe, two), Is.EqualTo(SmallStarts.Learn(SmallStarts.Recipe, one)));
    }

    [TestCase(5)]
    [TestCase(24)]
    public void A_resumed_learning_gives_the_bits_of_an_uninterrupted_one(int cancelAtPair)
    {
        var learner = new StartLearner(SmallStarts.Recipe);
        using var cancellation = new CancellationTokenSource();
        byte[]? last = null;
        int pairs = 0;
        var hooks = new RunHooks
        {
            Pair = _ =>
            {
                if (++pairs == cancelAtPair)
                    cancellation.Cancel();
            },
            Checkpoint = checkpoint => last = SmallRuns.Bytes(checkpoint),
        };
        Assert.That(() => learner.Run(SmallRuns.Cpu, hooks, null, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());

        byte[] resumed = SmallStarts.Bytes(learner.Run(SmallRuns.Cpu, hooks: null, SmallRuns.Read(last!)));

        Assert.That(resumed, Is.EqualTo(SmallStarts.Learn(SmallStarts.Recipe)));
        StartRecipe other = SmallStarts.Recipe with { Drawings = 4 };
        Assert.That(
            () => new StartLearner(other).Run(SmallRuns.Cpu, hooks: null, SmallRuns.Read(last!)), Throws.TypeOf<CheckpointException>());
    }

    [Test]
    public void It_learns()
    {
        ZssrSettings settings = SmallStarts.Recipe.Settings;
        settings = settings with
        {
            Seed = 3,
            // With weights so small the network begins as plain interpolation.
            Network = new NetworkSettings { Width = 8, Depth = 3, WeightGain = 0.1 },
            Training = settings.Training with { Iterations = 300, LearningRate = 2e-3 },
        };
        StartRecipe recipe = SmallStarts.Recipe with { Settings = settings };
        TrainingHistory? history = null;
        var hooks = new RunHooks { Progress = new Last(progress => history = progress.History) };
        new StartLearner(recipe).Run(SmallRuns.Cpu, hooks);
        double first = history!.ReconstructionErrors[0].Psnr, last = history.ReconstructionErrors[^1].Psnr;
        TestContext.Out.WriteLine($"{first:F2} → {last:F2} dB");
        Assert.That(last, Is.GreaterThan(first + 0.2), "on a drawing that it has not learned from");
    }

    [Test]
    public void Pictures_of_the_user_take_their_share()
    {
        using Tensor red = Constant(0.75, 0.25, 0.25);
        int own = 0, all = 0;
        void Count(TrainingPair pair)
        {
            float[] father = pair.Father.ToArray();
            own += Array.TrueForAll([.. father.Chunk(3)], pixel => pixel is [0.75f, 0.25f, 0.25f]) ? 1 : 0;
            all++;
        }

        StartRecipe recipe = SmallStarts.Recipe with { DrawnShare = 0.5 };
        recipe = recipe with { Settings = recipe.Settings with { Training = recipe.Settings.Training with { Batch = 20 } } };
        SafetensorsFile both = new StartLearner(recipe, [red]).Run(SmallRuns.Cpu, new RunHooks { Pair = Count });
        Assert.That((all, own), Is.EqualTo((240, own)));
        Assert.That(own, Is.InRange(90, 150));
        Assert.That(both.Metadata["learned_from"], Is.EqualTo("drawings and pictures"));

        (own, all) = (0, 0);
        SafetensorsFile alone = new StartLearner(recipe with { DrawnShare = 0 }, [red]).Run(SmallRuns.Cpu, new RunHooks { Pair = Count });
        Assert.That(own, Is.EqualTo(all).And.EqualTo(240));
        Assert.That(alone.Metadata["learned_from"], Is.EqualTo("pictures"));
        using Tensor blue = Constant(0.25, 0.25, 0.75);
        Assert.That(
            new StartLearner(recipe with { DrawnShare = 0 }, [blue]).Run(SmallRuns.Cpu).Metadata["pictures_sha256"],
            Is.Not.EqualTo(alone.Metadata["pictures_sha256"]));
    }

    /// <summary>A sub-pixel network enlarges by whole numbers only: that is what it learns, and what its file says.</summary>
    [TestCase(1.5, 1.5, 2, 2)]
    [TestCase(2, 1.5, 2, 2)]
    [TestCase(1, 2.5, 1, 3)]
    public void A_sub_pixel_network_learns_the_whole_scale_above(double vertical, double horizontal, int rows, int columns)
    {
        StartRecipe recipe = SmallStarts.Of(network => network with { Form = NetworkForm.SubPixel });
        recipe = recipe with { Settings = recipe.Settings with { Scales = [new Scale(vertical, horizontal)] } };
        var hooks = new RunHooks
        {
            Pair = pair => Assert.That(pair.Father.Count, Is.EqualTo(rows * columns * pair.Son.Count)),
        };
        byte[] file = SmallStarts.Bytes(new StartLearner(recipe).Run(SmallRuns.Cpu, hooks));
        Assert.That(NetworkStart.Read("sub-pixel", file).Weights[0].Scale, Is.EqualTo(new Scale(rows, columns)));
    }

    [TestCase(70_000f)]
    [TestCase(float.NaN)]
    public void Weights_that_half_precision_cannot_hold_are_not_written(float weight)
    {
        var exact = SafetensorsFile.Read(SmallStarts.Learn(SmallStarts.Recipe));
        float[] weights = exact.Floats("layers.0.weight");
        weights[3] = weight;
        exact = SmallStarts.With(exact, exact.Names, "layers.0.weight", (exact.ShapeOf("layers.0.weight"), weights));
        ZssrSettings settings = SmallStarts.Recipe.Settings with
        {
            Start = new NetworkStart("large", "0") { Weights = [StartWeights.Of(exact)] },
            Training = SmallStarts.Recipe.Settings.Training with { Iterations = 0 },
        };
        Assert.That(
            () => new StartLearner(SmallStarts.Recipe with { Settings = settings }).Run(SmallRuns.Cpu),
            Throws.TypeOf<StartException>().With.Message.Contains("layers.0.weight").And.Message.Contains("half precision"));
    }

    [Test]
    public void Pictures_are_copied_only_where_white_is_not_1()
    {
        using var device = Device.Open(TestDevice.Cpu.Find(OpenDevices.Found)!.Value, new DeviceOptions { Threads = 1 });
        using Tensor picture = Tensor.Zeros(device, [1, 64, 64, 3]);
        Assert.That(BuffersWith(3, peak: 1), Is.EqualTo(BuffersWith(1, peak: 1)));
        Assert.That(BuffersWith(3, peak: 255), Is.EqualTo(BuffersWith(1, peak: 255) + 2));
        Assert.That(device.LiveBuffers, Is.EqualTo(1));

        int BuffersWith(int pictures, double peak)
        {
            int? buffers = null;
            var hooks = new RunHooks { Pair = _ => buffers ??= device.LiveBuffers };
            StartRecipe recipe = SmallStarts.Recipe with { Settings = SmallStarts.Recipe.Settings with { Peak = peak }, DrawnShare = 0 };
            new StartLearner(recipe, [.. Enumerable.Repeat(picture, pictures)]).Run(device, hooks);
            return buffers!.Value;
        }
    }

    [Test]
    public void What_cannot_be_learned_is_refused()
    {
        ZssrSettings settings = SmallStarts.Recipe.Settings;
        foreach (StartRecipe recipe in new[]
        {
            SmallStarts.Recipe with { DrawnShare = 0 },
            SmallStarts.Recipe with { DrawnShare = double.NaN },
            SmallStarts.Recipe with { DrawingSide = 8 },
            SmallStarts.Recipe with { Settings = settings with { Scales = [new Scale(2), new Scale(2)] } },
        })
        {
            Assert.That(() => new StartLearner(recipe).Run(SmallRuns.Cpu), Throws.TypeOf<SettingsException>());
        }
    }

    private static Tensor Constant(params double[] pixel) =>
        Tensor.From(SmallRuns.Cpu, [1, 64, 64, 3], [.. Enumerable.Range(0, 64 * 64).SelectMany(_ => pixel)], DType.Float32);

    private sealed class Last(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
