using Zssr.Autograd.Graphs;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>The graph of a training step.</summary>
public sealed class FirstStepTests
{
    [Test]
    public void The_graph_of_a_step_begins_with_the_son_and_ends_with_the_loss([Values] bool articles)
    {
        ZssrSettings settings = articles ? SmallRuns.Article : SmallRuns.Paper;
        using Tensor image = RandomTensors.Uniform(SmallRuns.Cpu, [1, 12, 12, 3], seed: 1);
        using var network = new ZssrNetwork(SmallRuns.Cpu, settings.Network, channels: 3, seed: 1);

        TapeGraph graph = new SuperResolver(settings).FirstStep(image);

        Assert.That(
            graph.Leaves.Select(leaf => (leaf.Name, leaf.IsWatched)),
            Is.EqualTo((IEnumerable<(string?, bool)>)
                [("son", false), .. network.Parameters.Select(parameter => (parameter.Name, true)), ("father", false)]));
        Assert.That(graph.Ops[0].Inputs[0], Is.EqualTo(graph.Leaves[0]));
        Assert.That((graph.Ops[^1].Function, graph.Ops[^1].Inputs[1], graph.Ops[^1].Shape), Is.EqualTo(("L1Loss", graph.Leaves[^1], (Shape)[])));
        Assert.That(graph.Ops.Select(op => op.Line?.File), Is.All.Not.Null);
    }

    [Test]
    public void Pairs_of_several_sizes_are_told_apart()
    {
        using Tensor image = RandomTensors.Uniform(SmallRuns.Cpu, [1, 12, 12, 3], seed: 1);
        ZssrSettings settings = SmallRuns.Levers with { Training = SmallRuns.Levers.Training with { Batch = 8 } };

        TapeGraph graph = new SuperResolver(settings).FirstStep(image);

        string?[] images = [.. graph.Leaves.Where(leaf => leaf.Shape.Rank == 4 && leaf.Shape[3] == 3 && !leaf.IsWatched).Select(leaf => leaf.Name)];
        Assert.That(images, Does.Contain("son.0").And.Contain("father.0").And.Contain("son.1").And.Contain("father.1"));
    }

    [Test]
    public void Looking_at_a_step_changes_nothing()
    {
        ZssrSettings settings = SmallRuns.Paper with { Training = SmallRuns.Paper.Training with { RatePolicy = RatePolicyKind.Constant } };
        using Tensor image = RandomTensors.Uniform(SmallRuns.Cpu, [1, 12, 12, 3], seed: 1);

        Assert.That(Losses(looks: true), Is.EqualTo(Losses(looks: false)));

        IReadOnlyList<double> Losses(bool looks)
        {
            using var network = new ZssrNetwork(SmallRuns.Cpu, settings.Network, channels: 3, seed: 1);
            using var pairs = new PaperPairs(
                [new FatherSource(image, Scale.One)], Rescaling.Of(settings), new Scale(2), settings.Pairs, seed: 1, stage: 0, settings.Peak);
            using var trainer = new ZssrTrainer(network, pairs, settings.Training);
            for (int i = 0; i < 3; i++)
            {
                if (looks)
                    trainer.Graph();
                trainer.Step();
            }

            trainer.ReadLosses();
            return trainer.History.Losses;
        }
    }

    [Test]
    public void An_image_without_anything_to_learn_is_refused_as_by_a_run()
    {
        using Tensor image = Tensor.Zeros(SmallRuns.Cpu, [1, 3, 12, 3]);

        Assert.That(() => new SuperResolver(SmallRuns.Paper).FirstStep(image), Throws.TypeOf<ShapeException>().With.Message.Contain("at least 4"));
    }
}
