using Zssr.Nn;

namespace Zssr.Tests.Nn.Training;

/// <summary>Several pairs an iteration.</summary>
public sealed class BatchTests
{
    private const double Rate = 0.05;

    [TestCase(7, 7, 7)]
    [TestCase(7, 9, 7)]
    [TestCase(5, 6, 7)]
    public void A_step_goes_along_the_mean_of_the_pairs_gradients(params int[] heights)
    {
        // Without momentum, the mean step is the mean of the weights that each pair alone would lead to.
        List<(double[] Weights, double Loss)> alone = [.. heights.Select((_, i) => Train(heights[i..(i + 1)], i, batch: 1))];
        (double[] weights, double loss) = Train(heights, 0, heights.Length);

        double[] expected = [.. weights.Select((_, i) => alone.Average(one => one.Weights[i]))];
        Assert.That(weights, Is.EqualTo(expected).Within(1e-6));
        Assert.That(loss, Is.EqualTo(alone.Average(one => one.Loss)).Within(1e-6));
        Assert.That(alone[0].Weights, Is.Not.EqualTo(alone[1].Weights).Within(1e-4), "pairs that differ");
    }

    [Test]
    public void Each_iteration_draws_the_next_numbers_and_shows_every_pair()
    {
        using var pairs = ListedPairs.Noise(4);
        using ZssrNetwork network = Network();
        using var trainer = new ZssrTrainer(network, pairs, Settings(batch: 3, iterations: 2));
        int shown = 0;
        while (trainer.Step(_ => shown++))
        {
        }

        trainer.ReadLosses();
        Assert.That(pairs.Drawn, Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(shown, Is.EqualTo(6));
        Assert.That(trainer.History.Losses, Has.Count.EqualTo(2));
    }

    /// <summary>The weights after one step on pairs of these heights, the first being number <paramref name="first"/> of a list.</summary>
    private static (double[] Weights, double Loss) Train(int[] heights, int first, int batch)
    {
        // The pairs of ListedPairs.Noise differ by their place, so earlier places are filled.
        using var pairs = ListedPairs.Noise([.. Enumerable.Repeat(4, first), .. heights]);
        using ZssrNetwork network = Network();
        using var trainer = new ZssrTrainer(network, new From(pairs, first), Settings(batch, iterations: 1));
        Assert.That(trainer.Step());
        trainer.ReadLosses();
        return ([.. network.Parameters.SelectMany(parameter => parameter.Value.ToDoubles())], trainer.History.Losses[0]);
    }

    private static ZssrNetwork Network() =>
        new(SmallRuns.Cpu, new NetworkSettings { Depth = 2, Width = 4, WeightGain = 1 }, channels: 3, seed: 1);

    private static TrainingSettings Settings(int batch, int iterations) => new()
    {
        Batch = batch,
        Iterations = iterations,
        Loss = LossKind.Mse,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0,
        LearningRate = Rate,
        RatePolicy = RatePolicyKind.Constant,
    };

    /// <summary>The pairs of a list from one on.</summary>
    private sealed class From(ListedPairs pairs, int first) : ITrainingPairs
    {
        public int EpochLength => pairs.EpochLength;

        public TrainingPair Draw(int iteration) => pairs.Draw(iteration + first);

        public void Dispose()
        {
        }
    }
}
