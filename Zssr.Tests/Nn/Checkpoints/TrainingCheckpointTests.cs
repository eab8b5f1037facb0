using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Golden;

namespace Zssr.Tests.Nn.Checkpoints;

/// <summary>What a run's checkpoint holds, read by the tests' own reader of the format.</summary>
public sealed class TrainingCheckpointTests
{
    [Test]
    public void It_holds_weights_in_PyTorchs_order_moments_history_and_sources()
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        var file = GoldenFile.Parse("checkpoint", SmallRuns.LastCheckpoint(new SuperResolver(SmallRuns.Paper), image));

        Assert.That(file.Names, Is.EqualTo(new[]
        {
            "layers.0.weight", "layers.1.weight",
            "optimizer.first_moment.layers.0.weight", "optimizer.first_moment.layers.1.weight",
            "optimizer.second_moment.layers.0.weight", "optimizer.second_moment.layers.1.weight",
            "good.0.layers.0.weight", "good.0.layers.1.weight",
            "good.0.optimizer.first_moment.layers.0.weight", "good.0.optimizer.first_moment.layers.1.weight",
            "good.0.optimizer.second_moment.layers.0.weight", "good.0.optimizer.second_moment.layers.1.weight",
            "history.0.losses", "history.0.errors", "history.0.rates", "history.0.collapses", "history.0.divergences",
            "sources.0.image", "sources.0.scale",
        }));
        Assert.That(file.Shape("layers.0.weight"), Is.EqualTo(new[] { 4, 3, 3, 3 }));
        Assert.That(file.Shape("layers.1.weight"), Is.EqualTo(new[] { 3, 4, 3, 3 }));
        Assert.That(file.Shape("optimizer.second_moment.layers.1.weight"), Is.EqualTo(new[] { 3, 4, 3, 3 }));
        Assert.That(file.Shape("history.0.losses"), Is.EqualTo(new[] { 24 }));
        Assert.That(file.Doubles("history.0.errors").Where((_, i) => i % 2 == 0), Is.EqualTo(new[] { 0.0 }));
        Assert.That(file.Doubles("history.0.rates"), Is.EqualTo(new[] { 0, 1e-3 }));
        Assert.That(file.Floats("sources.0.image"), Is.EqualTo(image.ToArray()));
        Assert.That(file.Doubles("sources.0.scale"), Is.EqualTo(new[] { 1.0, 1.0 }));
    }

    [Test]
    public void The_mean_of_the_last_weights_is_in_it_and_is_what_a_finished_training_has_for_weights()
    {
        ZssrSettings settings = SmallRuns.Paper with { Training = SmallRuns.Paper.Training with { AverageLast = 0.25 } };
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        var file = GoldenFile.Parse("checkpoint", SmallRuns.LastCheckpoint(new SuperResolver(settings), image));
        var plain = GoldenFile.Parse("checkpoint", SmallRuns.LastCheckpoint(new SuperResolver(SmallRuns.Paper), image));

        Assert.That(file.Names.Except(plain.Names), Is.EqualTo(new[]
        {
            "average.layers.0.weight", "average.layers.1.weight", "good.0.average.layers.0.weight", "good.0.average.layers.1.weight",
        }));
        Assert.That(file.Floats("layers.0.weight"), Is.EqualTo(file.Floats("average.layers.0.weight")));
        Assert.That(file.Floats("layers.0.weight"), Is.Not.EqualTo(plain.Floats("layers.0.weight")));
    }

    [Test]
    public void Its_metadata_tells_what_run_it_is_and_where_it_stands()
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        byte[] bytes = SmallRuns.CheckpointOfCancelledRun(new SuperResolver(SmallRuns.Gradual), image, cancelAtPair: 8);
        var file = GoldenFile.Parse("checkpoint", bytes);

        (string Name, string Text)[] expected =
        [
            ("format", "zssr-training-3"), ("stage", "1"), ("iteration", "2"), ("optimizer", "Adam"), ("optimizer_step", "2"),
            ("learning_rate", "0.001"), ("settings", SmallRuns.Gradual.ToJson()),
        ];
        foreach ((string name, string text) in expected)
            Assert.That(file.Metadata[name], Is.EqualTo(text), name);
        Assert.That(file.Metadata["random_state"], Does.Contain("key 1").And.Contain("stage 1").And.Contain("iteration 2"));
        Assert.That(file.Shape("sources.1.image"), Is.EqualTo(new[] { 1, 8, 14, 3 }), "the result of the first stage, 1 by 1.5");
        TrainingCheckpoint checkpoint = SmallRuns.Read(bytes);
        Assert.That((checkpoint.Stage, checkpoint.OptimizerSteps, checkpoint.Histories.Count), Is.EqualTo((1, 2L, 2)));
        Assert.That(checkpoint.SettingsJson, Is.EqualTo(SmallRuns.Gradual.ToJson()));
    }

    [Test]
    public void Before_the_first_iteration_it_holds_the_first_weights()
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        byte[]? bytes = null;
        Assert.That(
            () => new SuperResolver(SmallRuns.Paper).Run(
                image, new RunHooks { Checkpoint = checkpoint => bytes = SmallRuns.Bytes(checkpoint) }, null, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        using var network = new ZssrNetwork(SmallRuns.Cpu, SmallRuns.Paper.Network, 3, SmallRuns.Paper.Seed);
        var file = GoldenFile.Parse("checkpoint", bytes!);

        // From [row, column, in, out] to [out, in, row, column], by hand.
        double[] ours = network.Parameters[0].Value.ToDoubles();
        IEnumerable<double> expected =
            from o in Enumerable.Range(0, 4)
            from i in Enumerable.Range(0, 3)
            from place in Enumerable.Range(0, 9)
            select ours[(place * 3 + i) * 4 + o];
        Assert.That(file.Doubles("layers.0.weight"), Is.EqualTo(expected));
        Assert.That(file.Shape("history.0.losses"), Is.EqualTo(new[] { 0 }));
        Assert.That(SmallRuns.Read(bytes!).Histories.Single().Losses, Is.Empty);
    }

    [Test]
    public void Read_and_written_again_it_has_the_same_bytes()
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        byte[] bytes = SmallRuns.LastCheckpoint(new SuperResolver(SmallRuns.Gradual), image);

        Assert.That(SmallRuns.Bytes(SmallRuns.Read(bytes)), Is.EqualTo(bytes));
        Assert.That(SmallRuns.LastCheckpoint(new SuperResolver(SmallRuns.Gradual), image), Is.EqualTo(bytes), "of the same run once more");
    }

    [Test]
    public void A_long_training_saves_itself_now_and_then()
    {
        using Tensor image = PlainImages.Drawing(8, 9).On(SmallRuns.Cpu);
        var iterations = new List<int>();
        var hooks = new RunHooks
        {
            CheckpointInterval = TimeSpan.Zero,
            Checkpoint = checkpoint => iterations.Add(checkpoint.Histories[^1].Losses.Count),
        };
        using SuperResolutionResult result = new SuperResolver(SmallRuns.Paper).Run(image, hooks);

        Assert.That(iterations.Distinct(), Is.EqualTo(Enumerable.Range(0, 25)));
    }
}
