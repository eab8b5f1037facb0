using Zssr.Nn;

namespace Zssr.Tests.Nn.LearningRates;

public sealed class LearningRateTests
{
    private static readonly TrainingHistory Empty = new();

    [Test]
    public void A_constant_rate_stays() =>
        Assert.That(new[] { 0, 1, 100_000 }.Select(i => new ConstantRate(0.25).RateAt(i, Empty)), Is.All.EqualTo(0.25));

    [TestCase(0, 0.8)]
    [TestCase(9, 0.8)]
    [TestCase(10, 0.4)]
    [TestCase(19, 0.4)]
    [TestCase(20, 0.2)]
    public void A_stepped_rate_is_multiplied_after_each_stretch(int iteration, double rate) =>
        Assert.That(new StepRate(0.8, Every: 10, Factor: 0.5).RateAt(iteration, Empty), Is.EqualTo(rate).Within(1e-15));

    [TestCase(0, 2)]
    [TestCase(150, 1.7071067811865475)]
    [TestCase(300, 1)]
    [TestCase(450, 0.2928932188134524)]
    [TestCase(600, 0)]
    [TestCase(700, 0)]
    public void A_cosine_rate_falls_along_half_a_cosine(int iteration, double rate) =>
        Assert.That(new CosineRate(2, 600).RateAt(iteration, Empty), Is.EqualTo(rate).Within(1e-12));

    // PyTorch's OneCycleLR(max_lr=1, total_steps=10).
    [TestCase(0, 0.04)]
    [TestCase(1, 0.52)]
    [TestCase(2, 1)]
    [TestCase(4, 0.8117456539497636)]
    [TestCase(9, 4e-6)]
    [TestCase(20, 4e-6)]
    public void A_cycle_rises_and_falls_as_PyTorchs(int iteration, double rate) =>
        Assert.That(new OneCycleRate(1, 10).RateAt(iteration, Empty), Is.EqualTo(rate).Within(1e-9));

    [TestCase(0, 1, 0.3)]
    [TestCase(0, 2, 0)]
    public void A_cycle_without_room_to_rise_begins_at_the_top(int iteration, int iterations, double warmUp) =>
        Assert.That(new OneCycleRate(1, iterations) { WarmUp = warmUp }.RateAt(iteration, Empty), Is.EqualTo(1));

    [Test]
    public void Settings_stretch_a_cycle_over_their_iterations() => Assert.That(
        ILearningRatePolicy.Of(new() { RatePolicy = RatePolicyKind.OneCycle, LearningRate = 2e-3, Iterations = 70, WarmUp = 0.2 }),
        Is.EqualTo(new OneCycleRate(2e-3, 70) { WarmUp = 0.2 }));

    [TestCase(RatePolicyKind.Constant, 1e-3, 1e-3, 1e-3)]
    [TestCase(RatePolicyKind.Step, 1e-3, 1e-4, 1e-5)]
    [TestCase(RatePolicyKind.Cosine, 1e-3, 7.5e-4, 2.5e-4)]
    public void Settings_stretch_a_policy_over_their_iterations(RatePolicyKind kind, double first, double atAThird, double atTwoThirds)
    {
        var policy = ILearningRatePolicy.Of(new TrainingSettings { RatePolicy = kind, LearningRate = 1e-3, Iterations = 300 });

        Assert.That(policy.RateAt(0, Empty), Is.EqualTo(first).Within(1e-12));
        Assert.That(policy.RateAt(100, Empty), Is.EqualTo(atAThird).Within(1e-12));
        Assert.That(policy.RateAt(200, Empty), Is.EqualTo(atTwoThirds).Within(1e-12));
    }

    [Test]
    public void A_fitted_line_has_the_slope_and_standard_error_of_the_textbook()
    {
        // y = 2x over x = 1…4 with deviations 1, −1, −1, 1: slope 2, residuals² 4, so the error is √(4 / 2 / 5).
        var line = LineFit.Through([(1, 3), (2, 3), (3, 5), (4, 9)]);

        Assert.That(line.Slope, Is.EqualTo(2).Within(1e-12));
        Assert.That(line.SlopeError, Is.EqualTo(Math.Sqrt(0.4)).Within(1e-12));
    }

    [Test]
    public void A_history_notes_a_rate_where_it_changes()
    {
        var history = new TrainingHistory();
        foreach ((int iteration, double rate) in new[] { (0, 1.0), (1, 1.0), (2, 0.5), (3, 0.5), (4, 1.0) })
            history.AddRate(iteration, rate);

        Assert.That(history.Rates, Is.EqualTo(new RateChange[] { new(0, 1), new(2, 0.5), new(4, 1) }));
        Assert.That(history.LearningRate, Is.EqualTo(1));
    }

    [Test]
    public void A_reconstruction_error_is_a_peak_signal_to_noise_ratio_too() =>
        Assert.That(new ReconstructionError(0, 1e-3).Psnr, Is.EqualTo(30).Within(1e-12));
}
