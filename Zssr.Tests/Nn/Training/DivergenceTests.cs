using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Training;

/// <summary>A training whose loss is lost goes back to its last good state, with a tenth of the rate.</summary>
public sealed class DivergenceTests
{
    /// <summary>Plain gradient descent at rates that are too large for values 0…255 by a factor of some thousand.</summary>
    private static readonly ZssrSettings Diverging = SmallRuns.Small(ZssrPresets.Article, iterations: 130) with
    {
        Training = new()
        {
            Iterations = 130,
            LearningRate = 0.1,
            Optimizer = OptimizerKind.Sgd,
            Loss = LossKind.Mse,
            RatePolicy = RatePolicyKind.Constant,
        },
    };

    [Test]
    public void A_loss_that_is_no_number_is_a_divergence([Values(double.NaN, double.PositiveInfinity)] double bad)
    {
        double[] losses = [0.1, 0.2, 0.1, bad, 0.1];
        Assert.That(Divergence.IsIn(losses, 0.5), Is.True);
        Assert.That(Divergence.IsIn([0.1, 0.2, 0.1], 0.5), Is.False);
        Assert.That(Divergence.IsIn([], 0.5), Is.False);
    }

    [TestCase(1.1, 10, true, TestName = "Ten_losses_more_than_ten_times_the_first_are_a_divergence")]
    [TestCase(0.9, 10, false, TestName = "Less_than_ten_times_is_none")]
    [TestCase(50, 4, false, TestName = "A_few_large_losses_are_none")]
    public void The_median_of_the_last_losses_decides(double large, int count, bool expected)
    {
        double[] losses = [0.1, .. Enumerable.Repeat(0.02, 9), .. Enumerable.Repeat(0.05, 40 - count), .. Enumerable.Repeat(large, count)];
        Assert.That(Divergence.IsIn(losses, 0.5), Is.EqualTo(expected));
    }

    [Test]
    public void An_image_whose_first_crops_are_smooth_has_not_diverged_where_it_has_detail()
    {
        double[] losses = [.. Enumerable.Repeat(1e-6, 20), .. Enumerable.Repeat(0.3, 20)];
        Assert.That(Divergence.IsIn(losses, 0.5), Is.False);
        Assert.That(Divergence.IsIn(losses, 0.2), Is.True);
    }

    [Test]
    public void It_goes_back_to_the_last_state_after_which_fifty_iterations_went_well_with_a_tenth_of_the_rate()
    {
        using ZssrNetwork network = Network(), plain = Network();
        using var pairs = new ScriptedPairs { BadAt = { 133 } };
        using ReconstructionProbe probe = Probe();
        using (var training = new StageTraining(network, pairs, probe, Settings(160), new TrainingHistory()))
        {
            while (training.Step(null, null))
            {
            }

            Assert.That(training.History.Divergences, Is.EqualTo(new[] { new Divergence(140, 50) }));
            Assert.That(training.History.Rates, Is.EqualTo(new[] { new RateChange(0, 0.01), new RateChange(50, 0.001) }));
            Assert.That(training.History.Losses, Has.Count.EqualTo(160).And.All.InRange(0, 1));
        }

        // The same by hand: 50 iterations, and 110 more at the lower rate.
        using var good = new ScriptedPairs();
        using var first = new ZssrTrainer(plain, good, Settings(160).Training, probe);
        for (int i = 0; i < 50; i++)
            first.Step();
        first.ReadLosses();
        TrainingSettings lower = Settings(160).Training with { LearningRate = 0.001 };
        using var second = new ZssrTrainer(plain, good, lower, probe, first.History);
        foreach ((NamedParameter from, NamedParameter to) in first.State.Zip(second.State))
            to.Value.Assign(from.Value);
        while (second.Step())
        {
        }

        Assert.That(
            network.Parameters.Select(p => p.Value.ToArray()), Is.EqualTo(plain.Parameters.Select(p => p.Value.ToArray())));
    }

    [Test]
    public void A_policy_that_decides_by_its_last_rate_goes_on_from_the_lower_one()
    {
        using ZssrNetwork network = Network();
        using var pairs = new ScriptedPairs { BadAt = { 133 } };
        using ReconstructionProbe probe = Probe();
        ZssrSettings settings = Settings(160);
        settings = settings with { Training = settings.Training with { RatePolicy = RatePolicyKind.SlopeTest } };
        using var training = new StageTraining(network, pairs, probe, settings, new TrainingHistory());
        while (training.Step(null, null))
        {
        }

        Assert.That(training.History.Rates, Is.EqualTo(new[] { new RateChange(0, 0.01), new RateChange(50, 0.001) }));
    }

    [Test]
    public void The_fourth_divergence_is_an_error_that_says_what_to_do()
    {
        using ZssrNetwork network = Network();
        using var pairs = new ScriptedPairs { BadAt = { 3, 3, 3, 3 } };
        using ReconstructionProbe probe = Probe();
        using var training = new StageTraining(network, pairs, probe, Settings(40), new TrainingHistory());

        Assert.That(
            () =>
            {
                while (training.Step(null, null))
                {
                }
            },
            Throws.TypeOf<TrainingDivergedException>().With.Message.Contains("diverged 4 times").And.Message.Contains("rate 1E-05")
                .And.Message.Contains("--learning-rate"));
        Assert.That(training.History.Divergences, Is.EqualTo(Enumerable.Repeat(new Divergence(10, 0), 3)));
    }

    [Test]
    public void A_run_that_diverges_by_itself_recovers()
    {
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult result = new SuperResolver(Diverging).Run(image);
        TrainingHistory history = result.Histories[0];

        Assert.That(history.Divergences, Is.Not.Empty);
        Assert.That(history.Losses, Has.Count.EqualTo(130));
        Assert.That(history.Losses.TakeLast(10), Is.All.InRange(0, 255 * 255));
        Assert.That(result.Output.ToArray(), Is.All.InRange(0f, 1f));
    }

    [Test]
    public void A_run_resumed_around_a_divergence_gives_the_bits_of_an_uninterrupted_one()
    {
        var resolver = new SuperResolver(Diverging);
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = resolver.Run(image);
        Divergence first = whole.Histories[0].Divergences[0];

        foreach (int cancelAt in new[] { first.FoundAt - 3, first.FoundAt + 1, first.FoundAt + 57, first.FoundAt + 105 })
        {
            byte[] checkpoint = SmallRuns.CheckpointOfCancelledRun(resolver, image, cancelAt);
            using SuperResolutionResult resumed = resolver.Run(image, hooks: null, SmallRuns.Read(checkpoint));
            Assert.That(resumed.Histories[0].Divergences, Is.EqualTo(whole.Histories[0].Divergences), $"cancelled at {cancelAt}");
            Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.Output.ToArray()), $"cancelled at {cancelAt}");
        }
    }

    [Test]
    public void What_can_be_gone_back_to_survives_a_restart()
    {
        using ZssrNetwork network = Network(), again = Network();
        using var pairs = new ScriptedPairs { BadAt = { 133 } };
        using ReconstructionProbe probe = Probe();
        ZssrSettings settings = Settings(160);
        using var whole = new StageTraining(network, pairs, probe, settings, new TrainingHistory());
        byte[]? saved = null;
        while (whole.Step(null, null))
        {
            if (whole.Trainer.Iteration != 117 || saved is not null)
                continue;
            whole.Trainer.ReadLosses();
            saved = SmallRuns.Bytes(TrainingCheckpoint.Of(new RunIdentity("a", "b"), settings, 0, whole, [], [whole.History]));
        }

        TrainingCheckpoint checkpoint = SmallRuns.Read(saved!);
        using var freshPairs = new ScriptedPairs { BadAt = { 133 } };
        using var resumed = new StageTraining(again, freshPairs, probe, settings, checkpoint.CopyHistories()[0]);
        checkpoint.Restore(resumed);
        while (resumed.Step(null, null))
        {
        }

        Assert.That(resumed.History.Divergences, Is.EqualTo(new[] { new Divergence(140, 50) }));
        Assert.That(
            again.Parameters.Select(p => p.Value.ToArray()), Is.EqualTo(network.Parameters.Select(p => p.Value.ToArray())));
    }

    private static ZssrSettings Settings(int iterations) => SmallRuns.Paper with
    {
        Training = SmallRuns.Paper.Training with { Iterations = iterations, LearningRate = 0.01, RatePolicy = RatePolicyKind.Constant },
    };

    private static ZssrNetwork Network() => new(SmallRuns.Cpu, new NetworkSettings { Width = 4, Depth = 2 }, channels: 1, seed: 1);

    private static ReconstructionProbe Probe()
    {
        using Tensor image = PlainImages.Drawing(8, 8, channels: 1).On(SmallRuns.Cpu);
        return new ReconstructionProbe(image, Rescaling.Of(SmallRuns.Paper, kernel: null), new Scale(2), 256, peak: 1);
    }

    /// <summary>The same pair again and again, except at some iterations, where the father is no number; each time listed once.</summary>
    private sealed class ScriptedPairs : ITrainingPairs
    {
        public List<int> BadAt { get; } = [];

        public int EpochLength => 1;

        public TrainingPair Draw(int iteration) => TrainingPair.Of(
            BadAt.Remove(iteration)
                ? Tensor.Full(SmallRuns.Cpu, [1, 8, 8, 1], double.NaN) : PlainImages.Drawing(8, 8, channels: 1).On(SmallRuns.Cpu),
            father => Elementwise.Multiply(father, 0.8), default);

        public void Dispose()
        {
        }
    }
}
