using Zssr.Nn;

namespace Zssr.Tests.Nn.Settings;

public sealed class SettingsTests
{
    private static readonly ZssrSettings Paper = ZssrPresets.Paper;

    private static IEnumerable<TestCaseData> OutOfRange()
    {
        yield return Case("number of scales: 0", "1 to 8", Paper with { Scales = [] });
        yield return Case("number of scales: 9", "1 to 8", Paper with { Scales = [.. Enumerable.Repeat(new Scale(2), 9)] });
        yield return Case("scale: 0.5", "1 to 8", Paper with { Scales = [new Scale(2, 0.5)] });
        yield return Case("scale: 8.1", "1 to 8", Paper with { Scales = [new Scale(8.1, 2)] });
        yield return Case("scale: NaN", "1 to 8", Paper with { Scales = [new Scale(double.NaN, 2)] });
        yield return Case("scale: 1", "at least one side must grow", Paper with { Scales = [new Scale(1)] });
        yield return Case("largest jump: 1", "1.1 to 8", Paper with { LargestJump = 1 });
        yield return Case("passes: 0", "1 to 8", Paper with { Passes = 0 });
        yield return Case("passes: 2", "--train-each-scale", Paper with { Passes = 2, TrainsEachScale = false });
        yield return Case("gradual", "--train-each-scale", Paper with { Gradual = true, TrainsEachScale = false });
        yield return Case("fixed list", "random-maps", WithPairs(new() { Recipe = PairRecipe.FixedList }) with { Passes = 2 });
        yield return Case("fixed list", "--gradual", WithPairs(new() { Recipe = PairRecipe.FixedList }) with { Gradual = true });
        yield return Case("peak: 2", "1 or 255", Paper with { Peak = 2 });
        yield return Case("depth: 0", "1 to 64", WithNetwork(new() { Depth = 0 }));
        yield return Case("depth: 65", "1 to 64", WithNetwork(new() { Depth = 65 }));
        yield return Case("width: 0", "1 to 1024", WithNetwork(new() { Width = 0 }));
        yield return Case("kernel size: 17", "1 to 15", WithNetwork(new() { KernelSize = 17 }));
        yield return Case("kernel size: 4", "odd", WithNetwork(new() { KernelSize = 4 }));
        yield return Case("weight gain: 0", "to 100", WithNetwork(new() { WeightGain = 0 }));
        yield return Case("crop: 3", "4 to 4096", WithPairs(new() { CropSize = 3 }));
        yield return Case("noise-std: 1.5", "0 to 1", WithPairs(new() { NoiseStd = 1.5 }));
        yield return Case("noise-std: -0.1", "0 to 1", WithPairs(new() { NoiseStd = -0.1 }));
        yield return Case("levels: 7", "1 to 6", WithPairs(new() { Levels = 7 }));
        yield return Case("level weight: 0", "to 1", WithPairs(new() { LevelWeight = 0 }));
        yield return Case("plain share: 1.1", "0 to 1", WithPairs(new() { PlainShare = 1.1 }));
        yield return Case("turned share: -1", "0 to 1", WithPairs(new() { TurnedShare = -1 }));
        yield return Case("plain share 0.6", "exceed 1", WithPairs(new() { PlainShare = 0.6, TurnedShare = 0.6 }));
        yield return Case("smallest scale: 0", "0.05 to 1", WithPairs(new() { SmallestScale = 0 }));
        yield return Case("scale difference: 0.6", "0 to 0.5", WithPairs(new() { ScaleDifference = 0.6 }));
        yield return Case("shear: 0.4", "0 to 0.3", WithPairs(new() { Shear = 0.4 }));
        yield return Case("iterations: -1", "0 to 10000000", WithTraining(new() { Iterations = -1 }));
        yield return Case("learning rate: 0", "to 10", WithTraining(new() { LearningRate = 0 }));
        yield return Case("learning rate: NaN", "to 10", WithTraining(new() { LearningRate = double.NaN }));
        yield return Case("batch: 0", "1 to 64", WithTraining(new() { Batch = 0 }));
        yield return Case("Charbonnier epsilon: 0", "to 1", WithTraining(new() { CharbonnierEpsilon = 0 }));
        yield return Case("gradient weight: -1", "0 to 100", WithTraining(new() { GradientWeight = -1 }));
        yield return Case("warm-up: 1", "0 to 0.9", WithTraining(new() { WarmUp = 1 }));
        yield return Case("average-last: 1.1", "0 to 1", WithTraining(new() { AverageLast = 1.1 }));
        yield return Case(
            "stop below", "would end at once", WithTraining(new() { RatePolicy = RatePolicyKind.OneCycle, LearningRate = 1e-4 }));
        foreach (RatePolicyKind policy in Enum.GetValues<RatePolicyKind>())
        {
            yield return Case(
                "begins with", "would end at once", WithTraining(new() { RatePolicy = policy, LearningRate = 5e-6, Iterations = 1 }));
        }

        yield return Case("father scales: 0", "1 to 8", WithPairs(new() { FatherScales = [] }));
        yield return Case("father scale: 1.1", "0.1 to 1", WithPairs(new() { FatherScales = [1, 1.1] }));
        yield return Case("father scale: 0.05", "0.1 to 1", WithPairs(new() { FatherScales = [0.05] }));
        yield return Case("momentum: 1", "0 to 0.999999", WithTraining(new() { Momentum = 1 }));
        yield return Case("Muon momentum: 1", "0 to 0.999999", WithTraining(new() { MuonMomentum = 1 }));
        yield return Case("Adam rate: -0.1", "0 to 10", WithTraining(new() { AdamRate = -0.1 }));
        yield return Case("stop below: -1", "0 to 10", WithTraining(new() { StopBelow = -1 }));
        yield return Case("ensemble: 4", "1, 8 or 12", WithInference(new() { Ensemble = 4 }));
        yield return Case("back-projection: 1001", "0 to 1000", WithInference(new() { BackProjections = 1001 }));
        yield return Case("back-projection step: 0", "to 2", WithInference(new() { BackProjectionStep = 0 }));
    }

    [TestCaseSource(nameof(OutOfRange))]
    public void A_value_out_of_range_is_refused_with_the_value_and_the_range(string found, string allowed, ZssrSettings settings) =>
        Assert.That(settings.Validate, Throws.TypeOf<SettingsException>().With.Message.Contains(found).And.Message.Contains(allowed));

    [Test]
    public void Values_at_the_ends_of_their_ranges_are_accepted()
    {
        ZssrSettings settings = Paper with
        {
            Scales = [new Scale(1, 8), new Scale(8, 1)],
            Network = new() { Depth = 64, Width = 1024, KernelSize = 15, WeightGain = 100 },
            Pairs = new()
            {
                CropSize = 4,
                NoiseStd = 1,
                Levels = 6,
                PlainShare = 0.1,
                TurnedShare = 0.9,
                SmallestScale = 1,
                Shear = 0.3,
                FatherScales = [0.1, 1]
            },
            Training = new()
            {
                Iterations = 0,
                LearningRate = 10,
                Momentum = 0,
                MuonMomentum = 0,
                AdamRate = 0,
                StopBelow = 0,
                Batch = 64,
                CharbonnierEpsilon = 1,
                GradientWeight = 100,
                WarmUp = 0.9,
                AverageLast = 1
            },
            Inference = new() { Ensemble = 12, BackProjections = 1000, BackProjectionStep = 2 },
        };
        Assert.That(settings.Validate, Throws.Nothing);
    }

    [Test]
    public void Equal_settings_have_equal_json_and_every_change_shows_in_it()
    {
        ZssrSettings copy = Paper with { Scales = [new Scale(2)] };
        Assert.That(copy.ToJson(), Is.EqualTo(Paper.ToJson()));
        TrainingSettings muon = Paper.Training with { Optimizer = OptimizerKind.Muon };
        ZssrSettings[] changed =
        [
            Paper with { Scales = [new Scale(2, 3)] }, Paper with { Seed = 2 }, Paper with { Gradual = true }, Paper with { Passes = 2 }, Paper with { LargestJump = 2 },
            WithNetwork(Paper.Network with { Width = 32 }), WithPairs(Paper.Pairs with { Mirrors = false }),
            WithTraining(Paper.Training with { Loss = LossKind.Mse }),
            WithTraining(muon), WithTraining(muon with { MuonMomentum = 0.9 }), WithTraining(muon with { AdamRate = 0.001 }),
            WithTraining(Paper.Training with { Batch = 2 }), WithTraining(Paper.Training with { CharbonnierEpsilon = 0.5 }),
            WithTraining(Paper.Training with { GradientWeight = 1 }), WithTraining(Paper.Training with { WarmUp = 0.5 }),
            WithTraining(Paper.Training with { AverageLast = 0.5 }), WithPairs(Paper.Pairs with { DetailCrops = true }),
            WithPairs(Paper.Pairs with { FatherScales = [1, 0.5] }), WithInference(Paper.Inference with { Ensemble = 1 }),
        ];
        Assert.That(changed.Select(settings => settings.ToJson()).Append(Paper.ToJson()), Is.Unique);
    }

    /// <summary>So a checkpoint from before there was Muon has the settings of the run that continues it.</summary>
    [Test]
    public void What_concerns_Muon_alone_is_in_the_json_of_Muon_alone()
    {
        string paper = Paper.ToJson();
        Assert.That(paper, Does.Not.Contain("muon").IgnoreCase.And.Not.Contain("adamRate"));
        ZssrSettings settings = WithTraining(Paper.Training with { Optimizer = OptimizerKind.Muon, MuonMomentum = 0.8, AdamRate = 0.25 });
        Assert.That(settings.ToJson(), Does.Contain("\"muonMomentum\": 0.8").And.Contain("\"adamRate\": 0.25"));
        Assert.That(ZssrSettings.FromJson(settings.ToJson()).Training, Is.EqualTo(settings.Training));
        Assert.That(ZssrSettings.FromJson(paper).ToJson(), Is.EqualTo(paper));
    }

    private static TestCaseData Case(string found, string allowed, ZssrSettings settings) =>
        new TestCaseData(found, allowed, settings).SetArgDisplayNames(found);

    private static ZssrSettings WithNetwork(NetworkSettings network) => Paper with { Network = network };

    private static ZssrSettings WithPairs(PairSettings pairs) => Paper with { Pairs = pairs };

    private static ZssrSettings WithTraining(TrainingSettings training) => Paper with { Training = training };

    private static ZssrSettings WithInference(InferenceSettings inference) => Paper with { Inference = inference };
}
