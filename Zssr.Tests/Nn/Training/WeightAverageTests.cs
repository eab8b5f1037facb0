using Zssr.Nn;

namespace Zssr.Tests.Nn.Training;

/// <summary>The mean of the last weights.</summary>
public sealed class WeightAverageTests
{
    [TestCase(0.5, 10, 5)]
    [TestCase(0.31, 10, 4)]
    [TestCase(1, 6, 6)]
    [TestCase(0.001, 6, 1)]
    public void The_network_ends_with_the_mean_of_the_weights_after_its_last_iterations(double share, int iterations, int counted)
    {
        (List<double[]> after, double[] final) = Train(new TrainingSettings { Iterations = iterations, AverageLast = share }, iterations);
        double[] mean = [.. final.Select((_, i) => after.TakeLast(counted).Average(weights => weights[i]))];
        Assert.That(final, Is.EqualTo(mean).Within(1e-6));
        Assert.That(mean, counted == 1 ? Is.EqualTo(after[^1]) : Is.Not.EqualTo(after[^1]).Within(1e-4));
    }

    [Test]
    public void Training_itself_is_not_changed_by_it()
    {
        (List<double[]> with, _) = Train(new TrainingSettings { Iterations = 6, AverageLast = 1 }, 6);
        (List<double[]> without, double[] final) = Train(new TrainingSettings { Iterations = 6 }, 6);
        Assert.That(with, Is.EqualTo(without));
        Assert.That(final, Is.EqualTo(without[^1]));
    }

    [Test]
    public void A_training_that_ends_before_keeps_its_last_weights()
    {
        TrainingSettings settings = new()
        {
            Iterations = 9,
            AverageLast = 0.5,
            LearningRate = 1e-2,
            RatePolicy = RatePolicyKind.Step,
            StopBelow = 5e-3,
        };
        (List<double[]> after, double[] final) = Train(settings with { RatePolicy = RatePolicyKind.Step }, 3);
        Assert.That(final, Is.EqualTo(after[^1]));
    }

    [Test]
    public void Asking_again_after_the_end_changes_nothing()
    {
        using var pairs = ListedPairs.Noise(5, 6);
        using ZssrNetwork network = Network();
        using var trainer = new ZssrTrainer(network, pairs, Constant(new TrainingSettings { Iterations = 4, AverageLast = 1 }));
        while (trainer.Step())
        {
        }

        double[] final = Weights(network);
        Assert.That(trainer.Step(), Is.False);
        Assert.That(Weights(network), Is.EqualTo(final));
    }

    /// <summary>The weights after each step, and those at the end.</summary>
    private static (List<double[]> After, double[] Final) Train(TrainingSettings settings, int iterations)
    {
        using var pairs = ListedPairs.Noise(5, 6);
        using ZssrNetwork network = Network();
        using var trainer = new ZssrTrainer(network, pairs, Constant(settings));
        var after = new List<double[]>();
        while (trainer.Step())
            after.Add(Weights(network));
        Assert.That(after, Has.Count.EqualTo(iterations));
        return (after, Weights(network));
    }

    private static TrainingSettings Constant(TrainingSettings settings) =>
        settings.RatePolicy == RatePolicyKind.Step ? settings : settings with { RatePolicy = RatePolicyKind.Constant };

    private static double[] Weights(ZssrNetwork network) =>
        [.. network.Parameters.SelectMany(parameter => parameter.Value.ToDoubles())];

    private static ZssrNetwork Network() => new(SmallRuns.Cpu, new NetworkSettings { Depth = 2, Width = 4 }, channels: 3, seed: 1);
}
