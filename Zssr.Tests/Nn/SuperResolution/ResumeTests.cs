using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.Tests.Nn.SuperResolution;

/// <summary>A run that was stopped and went on from its checkpoint ends like one that was not, bit for bit.</summary>
public sealed class ResumeTests
{
    private static IEnumerable<TestCaseData> Runs()
    {
        yield return new TestCaseData(SmallRuns.Article, 1).SetArgDisplayNames("article", "at its first pair");
        yield return new TestCaseData(SmallRuns.Article, 17).SetArgDisplayNames("article", "in the middle");
        yield return new TestCaseData(SmallRuns.Paper, 11).SetArgDisplayNames("paper", "in the middle");
        yield return new TestCaseData(SmallRuns.Paper, 24).SetArgDisplayNames("paper", "at its last pair");
        yield return new TestCaseData(SmallRuns.PaperWithDrop, 150).SetArgDisplayNames("paper", "before the rate drops");
        yield return new TestCaseData(SmallRuns.PaperWithDrop, 300).SetArgDisplayNames("paper", "right before the slope test");
        yield return new TestCaseData(SmallRuns.PaperWithDrop, 301).SetArgDisplayNames("paper", "right after the slope test");
        yield return new TestCaseData(SmallRuns.Gradual, 22).SetArgDisplayNames("gradual", "in the fourth stage");
        yield return new TestCaseData(SmallRuns.Gradual, 39).SetArgDisplayNames("gradual", "after a base change");
        yield return new TestCaseData(SmallRuns.Passes, 12).SetArgDisplayNames("passes", "in the second pass");
        yield return new TestCaseData(SmallRuns.SubPixel, 12).SetArgDisplayNames("sub-pixel", "in the second pass");
        yield return new TestCaseData(SmallRuns.Sgd, 13).SetArgDisplayNames("SGD", "in the middle");
        yield return new TestCaseData(SmallRuns.Muon, 13).SetArgDisplayNames("Muon", "in the middle");
        yield return new TestCaseData(SmallRuns.Levers, 9).SetArgDisplayNames("levers", "before weights are averaged");
        yield return new TestCaseData(SmallRuns.Levers, 24).SetArgDisplayNames("levers", "while weights are averaged");
        yield return new TestCaseData(SmallRuns.Levers, 54).SetArgDisplayNames("levers", "in the second stage");
    }

    [TestCaseSource(nameof(Runs))]
    public void A_resumed_run_gives_the_bits_of_an_uninterrupted_one(ZssrSettings settings, int cancelAtPair)
    {
        var resolver = new SuperResolver(settings);
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = resolver.Run(image);
        byte[] checkpoint = SmallRuns.CheckpointOfCancelledRun(resolver, image, cancelAtPair);

        using SuperResolutionResult resumed = resolver.Run(image, hooks: null, SmallRuns.Read(checkpoint));

        Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.Output.ToArray()));
        AssertSameHistory(resumed.Stages[^1].History, whole.Stages[^1].History);
    }

    [Test]
    public void Of_a_large_result_the_middle_is_learnt_from_and_kept()
    {
        ZssrSettings settings = SmallRuns.Passes;
        settings = settings with { Passes = 2, Inference = settings.Inference with { Ensemble = 1, BackProjections = 0 } };
        var resolver = new SuperResolver(settings);
        using Tensor image = PlainImages.Drawing(1100, 960, channels: 1).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = resolver.Run(image);
        byte[] checkpoint = SmallRuns.CheckpointOfCancelledRun(resolver, image, cancelAtPair: 10);

        using SuperResolutionResult resumed = resolver.Run(image, hooks: null, SmallRuns.Read(checkpoint));

        // Of 2200 x 1920 pixels, 4,194,304 are kept, in the same proportions.
        Shape kept = [1, 2192, 1913, 1];
        Assert.That(SafetensorsFile.Read(checkpoint).ShapeOf("sources.1.image"), Is.EqualTo(kept));
        Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.Output.ToArray()));
    }

    [Test]
    public void The_slope_test_of_those_runs_does_drop_the_rate()
    {
        using Tensor image = PlainImages.Drawing(10, 13).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = new SuperResolver(SmallRuns.PaperWithDrop).Run(image);

        Assert.That(whole.Stages[0].History.Rates.Select(change => change.Iteration), Does.Contain(300));
    }

    [Test]
    public void A_run_that_is_cancelled_again_and_again_arrives_in_the_end()
    {
        var resolver = new SuperResolver(SmallRuns.Gradual);
        using Tensor image = PlainImages.Drawing(8, 6, channels: 1).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = resolver.Run(image);
        byte[]? last = null;
        for (int attempt = 0; ; attempt++)
        {
            using var cancellation = new CancellationTokenSource();
            int pairs = 0;
            var hooks = new RunHooks
            {
                Pair = _ =>
                {
                    if (++pairs == 7)
                        cancellation.Cancel();
                },
                Checkpoint = checkpoint => last = SmallRuns.Bytes(checkpoint),
            };
            try
            {
                using SuperResolutionResult resumed =
                    resolver.Run(image, hooks, last is null ? null : SmallRuns.Read(last), cancellation.Token);
                Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.Output.ToArray()));
                Assert.That(attempt, Is.GreaterThan(4));
                return;
            }
            catch (OperationCanceledException) when (attempt < 20)
            {
            }
        }
    }

    [Test]
    public void A_checkpoint_serves_for_more_than_one_run()
    {
        var resolver = new SuperResolver(SmallRuns.Paper);
        using Tensor image = PlainImages.Drawing(8, 8).On(SmallRuns.Cpu);
        TrainingCheckpoint checkpoint = SmallRuns.Read(SmallRuns.CheckpointOfCancelledRun(resolver, image, cancelAtPair: 5));
        using SuperResolutionResult first = resolver.Run(image, hooks: null, checkpoint);
        using SuperResolutionResult second = resolver.Run(image, hooks: null, checkpoint);

        Assert.That(second.Output.ToArray(), Is.EqualTo(first.Output.ToArray()));
        Assert.That(checkpoint.Histories[^1].Losses, Has.Count.EqualTo(5));
    }

    [Test]
    public void A_run_cancelled_while_it_enlarges_goes_on_from_the_end_of_its_training()
    {
        var resolver = new SuperResolver(SmallRuns.Paper);
        using Tensor image = PlainImages.Drawing(8, 8).On(SmallRuns.Cpu);
        using SuperResolutionResult whole = resolver.Run(image);
        using var cancellation = new CancellationTokenSource();
        byte[]? last = null;
        var hooks = new RunHooks
        {
            Progress = new ProgressOf<RunProgress>(progress =>
            {
                if (progress.Phase == RunPhase.Enlarging && progress.Done == 3)
                    cancellation.Cancel();
            }),
            Checkpoint = checkpoint => last = SmallRuns.Bytes(checkpoint),
        };
        Assert.That(() => resolver.Run(image, hooks, null, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        int pairs = 0;
        using SuperResolutionResult resumed = resolver.Run(image, new RunHooks { Pair = _ => pairs++ }, SmallRuns.Read(last!));

        Assert.That(pairs, Is.Zero);
        Assert.That(resumed.Output.ToArray(), Is.EqualTo(whole.Output.ToArray()));
    }

    private static void AssertSameHistory(TrainingHistory actual, TrainingHistory expected)
    {
        Assert.That(actual.Losses, Is.EqualTo(expected.Losses));
        Assert.That(actual.Rates, Is.EqualTo(expected.Rates));
        Assert.That(actual.ReconstructionErrors, Is.EqualTo(expected.ReconstructionErrors));
    }
}

/// <summary>Reports at once, on the caller's thread.</summary>
internal sealed class ProgressOf<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
