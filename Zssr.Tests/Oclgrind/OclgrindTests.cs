using Zssr.Tests.Devices;

namespace Zssr.Tests.Oclgrind;

[Needs(Need.Oclgrind)]
[RunsApart]
[Parallelizable(ParallelScope.All)]
public class OclgrindTests
{
    [TestCase("naive-convolution")]
    [TestCase("direct-convolution")]
    [TestCase("tiled-convolution")]
    [TestCase("winograd-convolution")]
    [TestCase("convolution-blocks")]
    [TestCase("matrix-product")]
    [TestCase("reductions")]
    [TestCase("adam")]
    [TestCase("muon")]
    [TestCase("affine-warp")]
    [TestCase("sub-pixels")]
    [TestCase("sample-sum")]
    public void A_sound_kernel_is_right_and_nothing_is_reported(string scenario)
    {
        OclgrindRun run = OclgrindRun.Of(scenario);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Log, Is.Empty);
    }

    [Test]
    public void A_missing_barrier_is_reported_as_a_data_race()
    {
        OclgrindRun run = OclgrindRun.Of("sample-race");

        Assert.That(run.HasDataRace, run.Log);
        Assert.That(run.HasInvalidAccess || run.HasDivergentBarrier, Is.False, run.Log);
    }

    [Test]
    public void A_read_past_the_end_is_reported_as_an_invalid_access()
    {
        OclgrindRun run = OclgrindRun.Of("sample-out-of-bounds");

        Assert.That(run.HasInvalidAccess, run.Log);
        Assert.That(run.HasDataRace || run.HasDivergentBarrier, Is.False, run.Log);
    }

    [Test]
    public void A_barrier_that_half_of_a_group_reaches_is_reported_as_divergence()
    {
        OclgrindRun run = OclgrindRun.Of("sample-divergent-barrier");

        Assert.That(run.HasDivergentBarrier, run.Log + run.Output);
    }

    [Test]
    public void A_value_that_nothing_wrote_is_reported()
    {
        OclgrindRun run = OclgrindRun.Of("sample-uninitialized", checksInitialization: true);

        Assert.That(run.HasUninitializedRead, run.Log + run.Output);
    }

    [Test]
    public void A_scenario_that_throws_is_not_taken_for_a_sound_one()
    {
        OclgrindRun run = OclgrindRun.Of("sample-wrong-result");

        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Output, Does.Contain("the sum is wrong"));
    }
}
