using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Nn;

/// <summary>Recipes with a small network and few iterations, and runs with them.</summary>
internal static class SmallRuns
{
    public static readonly ZssrSettings Article = Small(ZssrPresets.Article, iterations: 24) with { Scales = [new(2), new(2)] };

    public static readonly ZssrSettings Paper = Small(ZssrPresets.Paper, iterations: 24);

    /// <summary>Long enough for the slope test at 300, with a rate so large that the error has stopped falling by then.</summary>
    public static readonly ZssrSettings PaperWithDrop = Small(ZssrPresets.Paper, iterations: 320) with
    {
        Training = ZssrPresets.Paper.Training with { Iterations = 320, LearningRate = 3e-3 },
        Seed = 4,
    };

    /// <summary>Six stages of six iterations to 2, a base change, and three more.</summary>
    public static readonly ZssrSettings Gradual =
        Small(ZssrPresets.PaperGradual, iterations: 6) with { Scales = [new(2), new(1, 1.5)] };

    public static readonly ZssrSettings Sgd = Paper with
    {
        Training = Paper.Training with { Optimizer = OptimizerKind.Sgd, Loss = LossKind.Mse, RatePolicy = RatePolicyKind.Cosine },
        Pairs = Paper.Pairs with { NoiseStd = 0.02 },
    };

    /// <summary>Two inner layers by Muon, one cycle.</summary>
    public static readonly ZssrSettings Muon = Paper with
    {
        Network = Paper.Network with { Depth = 4 },
        Training = Paper.Training with
        {
            Optimizer = OptimizerKind.Muon,
            LearningRate = 0.02,
            RatePolicy = RatePolicyKind.OneCycle,
            StopBelow = 0,
        },
    };

    /// <summary>What no preset uses: batches whose pairs differ in size, weights at edges, one cycle, averaged weights.</summary>
    public static readonly ZssrSettings Levers = Gradual with
    {
        Training = Gradual.Training with
        {
            Iterations = 10,
            Batch = 3,
            Loss = LossKind.Charbonnier,
            GradientWeight = 1,
            RatePolicy = RatePolicyKind.OneCycle,
            AverageLast = 0.5,
        },
        Pairs = Gradual.Pairs with { DetailCrops = true, FatherScales = [1, 0.8], CropSize = 9 },
        Scales = [new(1.5)],
    };

    /// <summary>Three trainings of eight iterations, the later ones on results of the earlier.</summary>
    public static readonly ZssrSettings Passes = Small(ZssrPresets.Paper, iterations: 8) with { Passes = 3 };

    /// <summary>The same with a network that sees the small image, enlarges it by 2 × 3, and shrinks that to the scale.</summary>
    public static readonly ZssrSettings SubPixel = Passes with
    {
        Network = Passes.Network with { Form = NetworkForm.SubPixel },
        Scales = [new(1.5, 3)],
    };

    public static Device Cpu => OpenDevices.Get(TestDevice.Cpu);

    public static ZssrSettings Small(ZssrSettings settings, int iterations) => settings with
    {
        Network = settings.Network with { Width = 4, Depth = 2 },
        Training = settings.Training with { Iterations = iterations },
        Pairs = settings.Pairs with { CropSize = 8 },
        Inference = settings.Inference with { BackProjections = Math.Min(settings.Inference.BackProjections, 2) },
    };

    /// <summary>The last checkpoint of a run that is cancelled when it shows its n-th pair, written to bytes.</summary>
    public static byte[] CheckpointOfCancelledRun(SuperResolver resolver, Tensor image, int cancelAtPair)
    {
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
            Checkpoint = checkpoint => last = Bytes(checkpoint),
        };
        Assert.That(
            () => resolver.Run(image, hooks, checkpoint: null, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(pairs, Is.EqualTo(cancelAtPair), "pairs until the run stopped");
        return last!;
    }

    /// <summary>The checkpoint that a whole run writes last.</summary>
    public static byte[] LastCheckpoint(SuperResolver resolver, Tensor image)
    {
        byte[]? last = null;
        using SuperResolutionResult result = resolver.Run(image, new RunHooks { Checkpoint = checkpoint => last = Bytes(checkpoint) });
        return last!;
    }

    /// <summary>The same checkpoint as versions without a checksum wrote it.</summary>
    public static byte[] AsOlderVersion(byte[] checkpoint)
    {
        var file = SafetensorsFile.Read(checkpoint);
        file.Metadata["format"] = "zssr-training-2";
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    public static TrainingCheckpoint Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return TrainingCheckpoint.Read(stream);
    }

    public static byte[] Bytes(TrainingCheckpoint checkpoint)
    {
        using var stream = new MemoryStream();
        checkpoint.Write(stream);
        return stream.ToArray();
    }
}
