using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Training;

/// <summary>The states that a training can go back to, in a checkpoint and from it.</summary>
public sealed class GoodStatesTests
{
    private static readonly ZssrSettings Settings = SmallRuns.Paper with
    {
        Training = SmallRuns.Paper.Training with { Iterations = 200, RatePolicy = RatePolicyKind.Constant },
    };

    [TestCase(0, new[] { 0 })]
    [TestCase(50, new[] { 0, 50 })]
    [TestCase(73, new[] { 0, 50 })]
    [TestCase(110, new[] { 50, 100 })]
    public void A_restored_training_has_those_of_the_checkpoint_alone(int iterations, int[] expected)
    {
        using ZssrNetwork network = Network(seed: 1), other = Network(seed: 2);
        using var pairs = ListedPairs.Noise(6);
        using ReconstructionProbe probe = Probe();
        using var training = new StageTraining(network, pairs, probe, Settings, new TrainingHistory());
        while (training.Trainer.Iteration < iterations)
            training.Step(null, null);
        training.Trainer.ReadLosses();

        var checkpoint = TrainingCheckpoint.Of(new RunIdentity("a", "b"), Settings, 0, training, [], [training.History]);
        using var restored = new StageTraining(other, pairs, probe, Settings, checkpoint.CopyHistories()[0]);
        checkpoint.Restore(restored);

        Assert.That(restored.GoodStates.Select(state => state.Iteration), Is.EqualTo(expected));
        Assert.That(restored.GoodStates.Select(Values), Is.EqualTo(training.GoodStates.Select(Values)));
    }

    [Test]
    public void Of_more_than_two_the_last_two_are_kept_and_the_others_freed()
    {
        using ZssrNetwork network = Network(seed: 1);
        using var pairs = ListedPairs.Noise(6);
        using ReconstructionProbe probe = Probe();
        using var training = new StageTraining(network, pairs, probe, Settings, new TrainingHistory());

        training.RestoreGoodStates(new[] { 10, 20, 30 }.Select(iteration => new TrainingSnapshot(training.Trainer.State, iteration)));

        Assert.That(training.GoodStates.Select(state => state.Iteration), Is.EqualTo(new[] { 20, 30 }));
    }

    private static float[][] Values(TrainingSnapshot state) => [.. state.State.Select(value => value.Value.ToArray())];

    private static ZssrNetwork Network(ulong seed) => new(SmallRuns.Cpu, new NetworkSettings { Width = 4, Depth = 2 }, channels: 3, seed);

    private static ReconstructionProbe Probe()
    {
        using Tensor image = PlainImages.Drawing(8, 8).On(SmallRuns.Cpu);
        return new ReconstructionProbe(image, Rescaling.Of(Settings), new Scale(2), largestSide: 256, peak: 1);
    }
}
