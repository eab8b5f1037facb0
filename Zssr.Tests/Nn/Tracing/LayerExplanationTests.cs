using Zssr.Nn;
using Zssr.Nn.Tracing;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Tracing;

/// <summary>Activations and gradients explained, against sums that this class takes by itself from the tensors of the step.</summary>
public sealed class LayerExplanationTests
{
    private static readonly NetworkSettings Blocks = new() { Form = NetworkForm.BlockResiduals, Depth = 3, Width = 4 };

    private static readonly NetworkSettings Plain = new() { Form = NetworkForm.GlobalResidual, Depth = 3, Width = 4, WeightGain = 1 };

    private static NetworkSettings Settings(bool hasBlocks) => hasBlocks ? Blocks : Plain;

    [Test]
    public void An_activation_is_the_sum_that_the_network_computed(
        [Values] bool hasBlocks, [Values] bool fused, [Values(1, 2, 3)] int layer)
    {
        Observed observed = Observe(Settings(hasBlocks), fused, layer);
        LayerValues values = observed.Values;

        foreach ((int row, int column, int channel) in new[] { (0, 0, 0), (3, 2, 1), (6, 5, 2) })
        {
            ActivationExplained explained = ActivationExplained.Of(values, row, column, channel);
            double z = observed.PlainSum(row, column, channel);
            Assert.That(explained.PreActivation, Is.EqualTo(z).Within(1e-12));
            double y = (layer < 3 ? Math.Max(z, 0) : z) + observed.PlainResidual(row, column, channel);
            Assert.That(explained.Value, Is.EqualTo(y).Within(1e-12));
            Assert.That(explained.Computed, Is.EqualTo(y).Within(1e-5), "by the network");
        }
    }

    [Test]
    public void A_weights_gradient_is_the_sum_that_the_backward_pass_gave(
        [Values] bool hasBlocks, [Values] bool fused, [Values(1, 2, 3)] int layer)
    {
        LayerValues values = Observe(Settings(hasBlocks), fused, layer).Values;

        foreach ((int ky, int kx, int ci, int co) in new[] { (0, 0, 0, 0), (1, 1, 2, 1), (2, 0, 1, 2) })
        {
            WeightGradientExplained explained = WeightGradientExplained.Of(values, ky, kx, ci, co);
            Assert.That(explained.Sum, Is.EqualTo(explained.Computed).Within(1e-6 + 1e-4 * Math.Abs(explained.Computed)));
            Assert.That(explained.Terms.Select(term => Math.Abs(term.Product)), Is.Ordered.Descending);
        }
    }

    [Test]
    public void The_gradients_terms_are_the_same_whether_fused_or_not([Values] bool hasBlocks)
    {
        LayerValues fused = Observe(Settings(hasBlocks), fused: true, 2).Values;
        LayerValues composed = Observe(Settings(hasBlocks), fused: false, 2).Values;
        GradientTerm[] expected = ByPlace(composed), actual = ByPlace(fused);

        Assert.That(actual.Select(term => term.Gradient), Is.EqualTo(expected.Select(term => term.Gradient)).Within(1e-6));
        Assert.That(
            expected,
            Has.Some.Matches<GradientTerm>(term => term.Gradient != 0).And.Some.Matches<GradientTerm>(term => term.Gradient == 0));

        static GradientTerm[] ByPlace(LayerValues values) =>
            [.. WeightGradientExplained.Of(values, 1, 1, 0, 0).Terms.OrderBy(term => (term.Row * 100) + term.Column)];
    }

    [Test]
    public void Beyond_the_border_lies_the_padding()
    {
        LayerValues values = Observe(Plain, fused: true, 1).Values;

        IReadOnlyList<KernelTap> taps = ActivationExplained.Of(values, 0, 5, 0).Taps;

        Assert.That(taps, Has.Count.EqualTo(27));
        Assert.That(taps.Where(tap => !tap.IsInside).Select(tap => (tap.KernelRow, tap.KernelColumn)).Distinct(), Is.EquivalentTo(
            new[] { (0, 0), (0, 1), (0, 2), (1, 2), (2, 2) }), "above, and to the right of the last column");
        Assert.That(taps.Where(tap => !tap.IsInside).Select(tap => tap.Input), Is.All.Zero);
        Assert.That(taps.Where(tap => !tap.IsInside).Select(tap => tap.Weight), Is.All.Not.Zero);
        Assert.That(
            WeightGradientExplained.Of(values, 0, 2, 0, 0).Terms,
            Has.Count.EqualTo(6 * 5),
            "7 × 6 pixels but the first row and last column");
    }

    [Test]
    public void Parts_that_a_layer_lacks_are_missing()
    {
        ActivationExplained block = ActivationExplained.Of(Observe(Blocks, fused: true, 2).Values, 1, 1, 1);
        ActivationExplained inner = ActivationExplained.Of(Observe(Plain, fused: true, 2).Values, 1, 1, 1);
        LayerValues last = Observe(Plain, fused: true, 3).Values;

        Assert.That(
            (block.Bias is null, block.Residual is null, block.Layer.ResidualName), Is.EqualTo((false, false, "the layer's input")));
        Assert.That((inner.Bias is null, inner.Residual is null, inner.Layer.HasRelu), Is.EqualTo((true, true, true)));
        Assert.That((last.HasRelu, last.ResidualName), Is.EqualTo((false, "the network's input")));
    }

    [TestCase(7, 0, 0, "rows (0 to 6)")]
    [TestCase(0, 6, 0, "columns (0 to 5)")]
    [TestCase(0, 0, 4, "channels (0 to 3)")]
    [TestCase(-1, 0, 0, "rows (0 to 6)")]
    public void A_pixel_outside_is_refused_with_what_there_is(int row, int column, int channel, string range)
    {
        LayerValues values = Observe(Plain, fused: true, 2).Values;
        Assert.That(
            () => ActivationExplained.Of(values, row, column, channel),
            Throws.TypeOf<TracingException>().With.Message.Contains(range));
    }

    [TestCase(3, 0, 0, 0)]
    [TestCase(0, -1, 0, 0)]
    [TestCase(0, 0, 4, 0)]
    [TestCase(0, 0, 0, 4)]
    public void A_weight_that_is_not_there_is_refused_with_those_that_are(int ky, int kx, int ci, int co)
    {
        LayerValues values = Observe(Plain, fused: true, 2).Values;
        Assert.That(
            () => WeightGradientExplained.Of(values, ky, kx, ci, co),
            Throws.TypeOf<TracingException>().With.Message.Contains("0 to 2 by kernel row")
                .And.Message.Contains("0 to 3 by output channel"));
    }

    [TestCase(0)]
    [TestCase(4)]
    public void A_layer_that_is_not_there_is_refused(int layer) => Assert.That(
        () => Observe(Plain, fused: true, layer), Throws.TypeOf<TracingException>().With.Message.Contains("layers 1 to 3"));

    [Test]
    public void The_last_layer_of_a_network_that_enlarges_is_explained_before_its_channels_become_pixels([Values] bool fused)
    {
        using Device device = Device.Open("cpu", new DeviceOptions { Fuse = fused });
        using Tensor son = PlainImages.Noise(7, 6, 3, seed: 1).On(device), father = PlainImages.Noise(14, 18, 3, seed: 2).On(device);
        using var network = new ZssrNetwork(
            device, Plain with { Form = NetworkForm.SubPixel }, channels: 3, seed: 1, enlargement: new WholeScale(2, 3));
        using var pairs = new ListedPairs((son.Share(), father.Share()));
        using var trainer = new ZssrTrainer(network, pairs, new TrainingSettings { RatePolicy = RatePolicyKind.Constant });
        var recording = new LayerRecording(3);

        trainer.Step(observer: recording);

        LayerValues values = recording.Values;
        Assert.That((values.OutputShape, values.Residual), Is.EqualTo((Shape.Create([1, 7, 6, 18]), (double[]?)null)));
        var activation = ActivationExplained.Of(values, 3, 2, 17);
        var gradient = WeightGradientExplained.Of(values, 1, 2, 3, 17);
        Assert.That(activation.Sum, Is.EqualTo(values.Output[(((3 * 6) + 2) * 18) + 17]).Within(1e-5));
        Assert.That(gradient.Sum, Is.EqualTo(gradient.Computed).Within(1e-6));
        Assert.That(gradient.Computed, Is.Not.Zero);
    }

    /// <summary>One step on a pair of 7 rows and 6 columns.</summary>
    private static Observed Observe(NetworkSettings settings, bool fused, int layer)
    {
        using Device device = Device.Open("cpu", new DeviceOptions { Fuse = fused });
        using Tensor son = PlainImages.Noise(7, 6, 3, seed: 1, low: -1).On(device), father = PlainImages.Noise(7, 6, 3, seed: 2).On(device);
        using var network = new ZssrNetwork(device, settings, channels: 3, seed: 1);
        using var pairs = new ListedPairs((son.Share(), father.Share()));
        using var trainer = new ZssrTrainer(network, pairs, new TrainingSettings { RatePolicy = RatePolicyKind.Constant });
        NamedParameter[] weights = [.. network.Parameters.Where(p => p.Name.EndsWith("weight", StringComparison.Ordinal))];
        Tensor weight = weights.ElementAtOrDefault(layer - 1)?.Value ?? network.Parameters[0].Value;
        double[] w = weight.ToDoubles();
        double[]? bias = network.Parameters.FirstOrDefault(p => p.Name == $"layers.{layer - 1}.bias")?.Value.ToDoubles();
        var recording = new LayerRecording(layer);
        trainer.Step(observer: recording);
        return new Observed(recording.Values, w, bias, son.ToDoubles(), settings.Form == NetworkForm.BlockResiduals);
    }

    /// <summary>What was recorded, and the definition of the layer with weights taken from the network itself.</summary>
    private sealed record Observed(LayerValues Values, double[] Weight, double[]? Bias, double[] Son, bool HasBlocks)
    {
        private const int Height = 7, Width = 6;

        private int Inputs => Values.Layer == 1 ? 3 : 4;

        private int Outputs => Values.Layer == 3 ? 3 : 4;

        public double PlainSum(int row, int column, int channel)
        {
            double sum = Bias?[channel] ?? 0;
            for (int i = -1; i <= 1; i++)
            {
                for (int j = -1; j <= 1; j++)
                {
                    if (row + i is < 0 or >= Height || column + j is < 0 or >= Width)
                        continue;
                    for (int c = 0; c < Inputs; c++)
                    {
                        double x = Values.Input[(((row + i) * Width) + column + j) * Inputs + c];
                        sum += x * Weight[((((i + 1) * 3) + j + 1) * Inputs + c) * Outputs + channel];
                    }
                }
            }

            return sum;
        }

        public double PlainResidual(int row, int column, int channel)
        {
            if (HasBlocks)
                return Values.Layer == 2 ? Values.Input[(((row * Width) + column) * 4) + channel] : 0;
            return Values.Layer == 3 ? Son[(((row * Width) + column) * 3) + channel] : 0;
        }
    }
}
