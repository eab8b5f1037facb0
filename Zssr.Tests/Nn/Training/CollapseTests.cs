using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.Training;

/// <summary>A network all of whose ReLUs have gone off is noticed, and its training starts again.</summary>
public sealed class CollapseTests
{
    /// <summary>With it the rate is so large that the network collapses, but learns at a half or a quarter of it.</summary>
    private static readonly ZssrSettings Collapsing = SmallRuns.Paper with
    {
        Training = SmallRuns.Paper.Training with { Iterations = 40, LearningRate = 0.05, RatePolicy = RatePolicyKind.Constant },
        Seed = 4,
    };

    [Test]
    public void A_network_without_gradients_is_noticed_at_the_tenth_iteration()
    {
        using ZssrNetwork network = Network(firstLayer: -1);
        using var pairs = new GrayPairs(son: 0.5f, father: 0.6f);
        using ZssrTrainer trainer = Trainer(network, pairs);

        for (int i = 0; i < 9; i++)
            trainer.Step();
        Assert.That(trainer.HasCollapsed, Is.False);
        trainer.Step();
        Assert.That(trainer.HasCollapsed, Is.True);
    }

    [TestCase(1, 0.6f, TestName = "A_network_that_learns_has_not_collapsed")]
    [TestCase(-1, 0.5f, TestName = "Without_a_loss_there_need_be_no_gradient")]
    [TestCase(-1, 0.5f + 0.4f / 255, TestName = "Where_the_answer_is_right_to_half_a_level_there_need_be_no_gradient")]
    public void It_has_not_collapsed(double firstLayer, float father)
    {
        using ZssrNetwork network = Network(firstLayer);
        using var pairs = new GrayPairs(son: 0.5f, father);
        using ZssrTrainer trainer = Trainer(network, pairs);

        for (int i = 0; i < 10; i++)
            trainer.Step();
        Assert.That(trainer.HasCollapsed, Is.False);
    }

    [Test]
    public void Training_begins_anew_at_half_the_rate_and_then_learns()
    {
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult result = new SuperResolver(Collapsing).Run(image);
        TrainingHistory history = result.Histories[0];

        Assert.That(history.Collapses, Is.Not.Empty);
        Assert.That(history.LearningRate, Is.EqualTo(0.05 * Math.Pow(0.5, history.Collapses.Count)));
        Assert.That(history.Losses, Has.Count.EqualTo(40));
    }

    [Test]
    public void A_run_resumed_after_a_collapse_gives_the_bits_of_an_uninterrupted_one()
    {
        var resolver = new SuperResolver(Collapsing);
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = resolver.Run(image);
        int lost = whole.Histories[0].Collapses.Sum();
        byte[] checkpoint = SmallRuns.CheckpointOfCancelledRun(resolver, image, cancelAtPair: lost + 15);

        using SuperResolutionResult resumed = resolver.Run(image, hooks: null, SmallRuns.Read(checkpoint));

        Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.Output.ToArray()));
        Assert.That(resumed.Histories[0].Collapses, Is.EqualTo(whole.Histories[0].Collapses));
    }

    [Test]
    public void A_network_that_collapses_at_every_rate_is_an_error_that_says_what_to_do()
    {
        ZssrSettings settings = Collapsing with { Training = Collapsing.Training with { LearningRate = 10 } };
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);

        Assert.That(
            () => new SuperResolver(settings).Run(image),
            Throws.TypeOf<TrainingCollapsedException>()
                .With.Message.Contains("8 times").And.Message.Contains("rate 0.0781").And.Message.Contains("--learning-rate"));
    }

    [Test]
    public void A_network_that_has_a_start_and_collapses_at_every_rate_keeps_the_start()
    {
        ZssrSettings start = ZssrPresets.Fast with { Passes = 1, Training = Collapsing.Training with { LearningRate = 10 } };
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult result = new SuperResolver(start).Run(image);
        using SuperResolutionResult untrained =
            new SuperResolver(start with { Training = start.Training with { Iterations = 0 } }).Run(image);

        Assert.That(result.Histories[0].Collapses, Has.Count.EqualTo(TrainingHistory.MostCollapses));
        Assert.That(result.Output.ToArray(), Is.EqualTo(untrained.Output.ToArray()));
    }

    /// <summary>The paper's network with all weights alike: those of the first layer of one value, the others of 0.1.</summary>
    private static ZssrNetwork Network(double firstLayer)
    {
        var network = new ZssrNetwork(SmallRuns.Cpu, new NetworkSettings { Width = 4, Depth = 3 }, channels: 1, seed: 1);
        foreach ((NamedParameter parameter, int layer) in network.Parameters.Select((parameter, layer) => (parameter, layer)))
        {
            using Tensor value = Tensor.Full(SmallRuns.Cpu, parameter.Value.Shape, layer == 0 ? firstLayer : 0.1);
            parameter.Value.Assign(value);
        }

        return network;
    }

    private static ZssrTrainer Trainer(ZssrNetwork network, ITrainingPairs pairs) =>
        new(network, pairs, new TrainingSettings { RatePolicy = RatePolicyKind.Constant, LearningRate = 1e-4 });

    private sealed class GrayPairs(float son, float father) : ITrainingPairs
    {
        public int EpochLength => 1;

        public TrainingPair Draw(int iteration) => new(
            Tensor.Full(SmallRuns.Cpu, [1, 6, 6, 1], son), Tensor.Full(SmallRuns.Cpu, [1, 6, 6, 1], father), default);

        public void Dispose()
        {
        }
    }
}
