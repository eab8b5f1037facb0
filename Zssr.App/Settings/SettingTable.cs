using System.Globalization;
using Zssr.Nn;
using Zssr.Tensors;
using static Zssr.App.Settings.SettingText;

namespace Zssr.App.Settings;

/// <summary>Every value of a preset: the options of <c>zssr upscale</c> and the rows of <c>zssr presets</c>.</summary>
internal static class SettingTable
{
    public static IReadOnlyList<Setting> All { get; } = [.. Run(), .. Network(), .. Pairs(), .. Training(), .. Inference()];

    /// <summary>Those that a start is learned with: nothing about further scales, or about the image that is enlarged in the end.</summary>
    public static IEnumerable<Setting> Learned => All.ExceptBy(
        [
            .. Inference().Select(setting => setting.Name),
            "kernel-placement", "gradual", "largest-jump", "passes", "train-each-scale", "pairs", "levels", "level-weight", "noise",
            "jpeg-quality",
        ],
        setting => setting.Name);

    private static IEnumerable<Setting> Run() =>
    [
        new("scale", "By how much: 2, 1.5, 2x3 (vertical x horizontal), or a list 2,2 (one after another).",
            s => string.Join(',', s.Scales), (s, text) => s with { Scales = ScaleText.ParseList(text) }) { IsCommon = true },
        new("gradual", "Reach each scale in smaller steps: on or off.",
            s => Show(s.Gradual), (s, text) => s with { Gradual = Switch(text) }),
        new("largest-jump", "The largest scale that is reached in one jump; larger ones are split into equal factors: 1.1 to 8.",
            s => Show(s.LargestJump), (s, text) => s with { LargestJump = Number(text) }),
        new("passes", "How often to train for each scale, each time with the previous result as one more image to learn from: 1 to 8.",
            s => Show(s.Passes), (s, text) => s with { Passes = Whole(text) }),
        new("train-each-scale", "Continue training for each scale of a list, instead of using one network for all: on or off.",
            s => Show(s.TrainsEachScale), (s, text) => s with { TrainsEachScale = Switch(text) }),
        new("rescaling", $"How images are shrunk and enlarged: {Names<RescalingKind>(" (PyTorch's) or ")} (MATLAB's).",
            s => Show(s.Rescaling), (s, text) => s with { Rescaling = Name<RescalingKind>(text) }),
        new("kernel-placement",
            $"With --kernel, where small pixels lie in their blocks: {KernelPlacement.Centred}, {KernelPlacement.First} (each block's first "
            + "pixel was kept), a row and a column of the large picture such as 0.5,0.5, or auto (as --ground-truth shows, else centred).",
            s => s.KernelPlacement?.ToString() ?? "auto", (s, text) => s with { KernelPlacement = Placement(text) }) { IsCommon = true },
        new("peak", "The value of white inside the network: 1 or 255.",
            s => Show(s.Peak), (s, text) => s with { Peak = Number(text) }),
        new("seed", "The seed of the random numbers: a whole number.",
            s => s.Seed.ToString(CultureInfo.InvariantCulture), (s, text) => s with { Seed = Seed(text) }) { IsCommon = true },
        new("start", $"The weights to begin with: {StartFile.None} (random), {BuiltInStarts.Drawn}, or a file of `zssr learn`.",
            s => s.Start?.Name ?? StartFile.None, (s, text) => s with { Start = StartFile.Read(text) }) { IsCommon = true },
        new("noise", "The picture's noise: auto (estimated), off, or its standard deviation 0 to 1, such as 5/255.",
            s => DamageText.ShowNoise(s.Damage), (s, text) => s with { Damage = DamageText.WithNoise(s.Damage, text) }) { IsCommon = true },
        new("jpeg-quality", "The picture's JPEG compression: auto (by its file, or its pixels), off, or a quality 1 to 100.",
            s => DamageText.ShowQuality(s.Damage), (s, text) => s with { Damage = DamageText.WithQuality(s.Damage, text) }) { IsCommon = true },
    ];

    private static KernelPlacement? Placement(string text) =>
        text.Equals("auto", StringComparison.OrdinalIgnoreCase) ? null : KernelPlacement.Parse(text);

    private static IEnumerable<Setting> Network() =>
    [
        new("network", "Its form: block-residuals (article), global-residual (paper), or sub-pixel, which works on the small image.",
            s => Show(s.Network.Form), (s, text) => s with { Network = s.Network with { Form = Name<NetworkForm>(text) } }),
        new("depth", "The number of convolutions.",
            s => Show(s.Network.Depth), (s, text) => s with { Network = s.Network with { Depth = Whole(text) } }) { IsCommon = true },
        new("width", "The number of channels between convolutions.",
            s => Show(s.Network.Width), (s, text) => s with { Network = s.Network with { Width = Whole(text) } }) { IsCommon = true },
        new("kernel-size", "Rows and columns of the convolution kernels, an odd number.",
            s => Show(s.Network.KernelSize), (s, text) => s with { Network = s.Network with { KernelSize = Whole(text) } }),
        new("weight-gain",
            "For global-residual and sub-pixel: variance of the initial weights times the fan-in; four times as much doubles the weights.",
            s => Show(s.Network.WeightGain), (s, text) => s with { Network = s.Network with { WeightGain = Number(text) } }),
    ];

    private static IEnumerable<Setting> Pairs() =>
    [
        new("pairs", $"How training pairs are made: {Names<PairRecipe>(" (article) or ")} (paper).",
            s => Show(s.Pairs.Recipe), (s, text) => s with { Pairs = s.Pairs with { Recipe = Name<PairRecipe>(text) } }),
        new("crop", "The most rows and columns of a training image.",
            s => Show(s.Pairs.CropSize), (s, text) => s with { Pairs = s.Pairs with { CropSize = Whole(text) } }) { IsCommon = true },
        new("detail-crops", "Draw crops where the image has detail: on or off.",
            s => Show(s.Pairs.DetailCrops), (s, text) => s with { Pairs = s.Pairs with { DetailCrops = Switch(text) } }),
        new("noise-std", "Standard deviation of the noise on small images, 0 to 1; may be a fraction such as 5/255.",
            s => Show(s.Pairs.NoiseStd), (s, text) => s with { Pairs = s.Pairs with { NoiseStd = Number(text) } }) { IsCommon = true },
        new("levels", "For fixed-list: the number of sizes of fathers, each half of the one before.",
            s => Show(s.Pairs.Levels), (s, text) => s with { Pairs = s.Pairs with { Levels = Whole(text) } }),
        new("level-weight", "For fixed-list: how likely a halved image is, relative to the one before.",
            s => Show(s.Pairs.LevelWeight), (s, text) => s with { Pairs = s.Pairs with { LevelWeight = Number(text) } }),
        new("plain-share", "For random-maps: the share of crops left as they are.",
            s => Show(s.Pairs.PlainShare), (s, text) => s with { Pairs = s.Pairs with { PlainShare = Number(text) } }),
        new("turned-share", "For random-maps: the share of crops rotated by quarter turns and mirrored; the rest goes through affine maps.",
            s => Show(s.Pairs.TurnedShare), (s, text) => s with { Pairs = s.Pairs with { TurnedShare = Number(text) } }),
        new("father-scales", "For random-maps: scales of the images that crops are taken from: 1, or a list such as 1,0.7.",
            s => string.Join(',', s.Pairs.FatherScales.Select(Show)),
            (s, text) => s with { Pairs = s.Pairs with { FatherScales = Numbers(text) } }),
        new("smallest-scale", "For random-maps: the smallest scale of an affine map.",
            s => Show(s.Pairs.SmallestScale), (s, text) => s with { Pairs = s.Pairs with { SmallestScale = Number(text) } }),
        new("scale-difference", "For random-maps: standard deviation of horizontal minus vertical scale.",
            s => Show(s.Pairs.ScaleDifference), (s, text) => s with { Pairs = s.Pairs with { ScaleDifference = Number(text) } }),
        new("shear", "For random-maps: standard deviation of the shear.",
            s => Show(s.Pairs.Shear), (s, text) => s with { Pairs = s.Pairs with { Shear = Number(text) } }),
        new("rotate", "For random-maps: whether affine maps rotate by a random angle: on or off.",
            s => Show(s.Pairs.Rotates), (s, text) => s with { Pairs = s.Pairs with { Rotates = Switch(text) } }),
        new("mirror", "For random-maps: whether half of the affine maps mirror: on or off.",
            s => Show(s.Pairs.Mirrors), (s, text) => s with { Pairs = s.Pairs with { Mirrors = Switch(text) } }),
    ];

    private static IEnumerable<Setting> Training() =>
    [
        new("iterations", "The most training iterations.",
            s => Show(s.Training.Iterations),
            (s, text) => s with { Training = s.Training with { Iterations = Whole(text) } }) { IsCommon = true },
        new("batch", "Training pairs per iteration.",
            s => Show(s.Training.Batch), (s, text) => s with { Training = s.Training with { Batch = Whole(text) } }),
        new("loss", $"What is minimised: {Names<LossKind>(", ")}.",
            s => Show(s.Training.Loss),
            (s, text) => s with { Training = s.Training with { Loss = Name<LossKind>(text) } }) { IsCommon = true },
        new("charbonnier-epsilon", "For the loss charbonnier: the difference up to which it is rounded; white is 1.",
            s => Show(s.Training.CharbonnierEpsilon),
            (s, text) => s with { Training = s.Training with { CharbonnierEpsilon = Number(text) } }),
        new("gradient-weight", "How much more the loss counts at edges; 0 weighs all pixels equally.",
            s => Show(s.Training.GradientWeight),
            (s, text) => s with { Training = s.Training with { GradientWeight = Number(text) } }),
        new("optimizer", $"How steps are made from gradients: {Names<OptimizerKind>(", ")}.",
            s => Show(s.Training.Optimizer), (s, text) => s with { Training = s.Training with { Optimizer = Name<OptimizerKind>(text) } }),
        new("momentum", "The momentum of sgd.",
            s => Show(s.Training.Momentum), (s, text) => s with { Training = s.Training with { Momentum = Number(text) } }),
        new("muon-momentum", "The momentum of muon.",
            s => Show(s.Training.MuonMomentum), (s, text) => s with { Training = s.Training with { MuonMomentum = Number(text) } }),
        new("adam-rate", "For muon: the learning rate of the first and last layer, which it leaves to Adam.",
            s => Show(s.Training.AdamRate), (s, text) => s with { Training = s.Training with { AdamRate = Number(text) } }),
        new("learning-rate", "The initial learning rate; for one-cycle, the largest.",
            s => Show(s.Training.LearningRate),
            (s, text) => s with { Training = s.Training with { LearningRate = Number(text) } }) { IsCommon = true },
        new("rate-policy", $"How the learning rate changes: {Names<RatePolicyKind>(", ")}.",
            s => Show(s.Training.RatePolicy),
            (s, text) => s with { Training = s.Training with { RatePolicy = Name<RatePolicyKind>(text) } }),
        new("warm-up", "For one-cycle: the share of the iterations in which the rate rises.",
            s => Show(s.Training.WarmUp), (s, text) => s with { Training = s.Training with { WarmUp = Number(text) } }),
        new("stop-below", "Training ends below this learning rate.",
            s => Show(s.Training.StopBelow), (s, text) => s with { Training = s.Training with { StopBelow = Number(text) } }),
        new("average-last", "The share of the iterations, at the end, whose weights are averaged; 0 takes the last weights.",
            s => Show(s.Training.AverageLast), (s, text) => s with { Training = s.Training with { AverageLast = Number(text) } }),
    ];

    private static IEnumerable<Setting> Inference() =>
    [
        new("ensemble", "Rotated and mirrored copies that are enlarged and merged: 1, 8 or 12.",
            s => Show(s.Inference.Ensemble),
            (s, text) => s with { Inference = s.Inference with { Ensemble = Whole(text) } }) { IsCommon = true },
        new("median", $"The median of an even number of copies: {Names<MedianKind>(" or ")}.",
            s => Show(s.Inference.Median), (s, text) => s with { Inference = s.Inference with { Median = Name<MedianKind>(text) } }),
        new("back-projection", "Rounds of back-projection at the end.",
            s => Show(s.Inference.BackProjections),
            (s, text) => s with { Inference = s.Inference with { BackProjections = Whole(text) } }) { IsCommon = true },
        new("back-project-copies", "Also back-project each copy: on or off.",
            s => Show(s.Inference.BackProjectCopies),
            (s, text) => s with { Inference = s.Inference with { BackProjectCopies = Switch(text) } }),
        new("back-projection-step", "How much of the difference a round adds.",
            s => Show(s.Inference.BackProjectionStep),
            (s, text) => s with { Inference = s.Inference with { BackProjectionStep = Number(text) } }),
    ];
}
