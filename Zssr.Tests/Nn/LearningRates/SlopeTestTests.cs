using Zssr.Nn;

namespace Zssr.Tests.Nn.LearningRates;

/// <summary>The paper's policy against its description, on error curves made up for the purpose.</summary>
public sealed class SlopeTestTests
{
    private static readonly Dictionary<string, Func<int, double>> Curves = new()
    {
        ["falling"] = i => 1 - i / 10_000.0,
        ["flat"] = i => 0.01 + 1e-5 * Math.Sin(i),
        ["rising"] = i => 0.01 + i * 1e-6,
        ["levelling off"] = i => 0.01 + Math.Exp(-i / 200.0) + 1e-3 * Math.Sin(i * 7),
        ["noisy fall"] = i => 1 - i / 5_000.0 + 0.02 * Math.Cos(i * 3),
        ["sawtooth"] = i => 0.1 + i % 450 * 1e-4,
    };

    private static readonly string[] CurveNames = [.. Curves.Keys];

    [Test]
    public void Rates_change_where_the_papers_description_says([ValueSource(nameof(CurveNames))] string curve) =>
        Assert.That(Run(Curves[curve], 3000), Is.EqualTo(Described(Curves[curve], 3000)));

    [Test]
    public void A_falling_error_keeps_the_rate() => Assert.That(Run(Curves["falling"], 3000), Is.EqualTo(new[] { (0, 1e-3) }));

    [Test]
    public void A_flat_error_divides_the_rate_by_ten_at_300_600_and_900() =>
        Assert.That(Run(Curves["rising"], 3000).Select(change => change.Iteration), Is.EqualTo(new[] { 0, 300, 600, 900 }));

    [TestCase(299, 1e-3)]
    [TestCase(300, 1e-4)]
    [TestCase(301, 1e-3)]
    [TestCase(359, 1e-3)]
    [TestCase(360, 1e-4)]
    public void Tests_are_made_at_multiples_of_60_after_256_iterations_of_one_rate(int iteration, double rate) =>
        Assert.That(new SlopeTest(1e-3).RateAt(iteration, FlatUntil(iteration, rateSince: 0)), Is.EqualTo(rate).Within(1e-12));

    [TestCase(343, 1e-4)]
    [TestCase(344, 1e-3)]
    [TestCase(345, 1e-3)]
    public void More_than_256_iterations_must_have_passed_since_the_last_change_of_rate(int changedAt, double rate) =>
        Assert.That(new SlopeTest(1e-3).RateAt(600, FlatUntil(600, changedAt)), Is.EqualTo(rate).Within(1e-12));

    [Test]
    public void Fewer_than_five_errors_prove_nothing() => Assert.That(
        new SlopeTest(1e-3).HasLevelledOff([new(0, 1), new(50, 1), new(100, 1), new(150, 1)]), Is.False);

    [Test]
    public void Only_the_last_five_errors_count()
    {
        // A steady fall to 0.6 at 200; then a steady rise.
        ReconstructionError[] errors =
        [
            .. Enumerable.Range(0, 5).Select(i => new ReconstructionError(50 * i, 1 - 0.1 * i)),
            .. Enumerable.Range(5, 5).Select(i => new ReconstructionError(50 * i, 0.01 * i)),
        ];

        Assert.That(new SlopeTest(1e-3).HasLevelledOff(errors[..5]), Is.False);
        Assert.That(new SlopeTest(1e-3).HasLevelledOff(errors), Is.True);
    }

    /// <summary>The policy asked iteration by iteration, as training does.</summary>
    private static List<(int Iteration, double Rate)> Run(Func<int, double> error, int iterations)
    {
        var policy = new SlopeTest(1e-3);
        var history = new TrainingHistory();
        for (int i = 0; i < iterations; i++)
        {
            if (i % policy.MeasureEvery == 0)
                history.AddError(new ReconstructionError(i, error(i)));
            double rate = policy.RateAt(i, history);
            history.AddRate(i, rate);
            if (rate < 9e-6)
                break;
        }

        return [.. history.Rates.Select(change => (change.Iteration, change.LearningRate))];
    }

    /// <summary>
    /// "Every 50 iterations measure. Every 60 iterations, if more than 256 have passed since the last change of rate, fit a line to the
    /// last 5 errors against their iteration numbers; if −1.5 · slope &lt; the slope's standard error, divide the rate by 10. Stop below
    /// 9e-6." The line by the sums of a statistics textbook.
    /// </summary>
    private static List<(int Iteration, double Rate)> Described(Func<int, double> error, int iterations)
    {
        var x = new List<double>();
        var y = new List<double>();
        (double rate, int changed) = (1e-3, 0);
        List<(int, double)> changes = [(0, rate)];
        for (int i = 0; i < iterations && rate >= 9e-6; i++)
        {
            if (i % 50 == 0)
            {
                x.Add(i);
                y.Add(error(i));
            }

            if (i % 60 != 0 || i - changed <= 256)
                continue;
            double[] u = [.. x.TakeLast(5)], v = [.. y.TakeLast(5)];
            double sxx = u.Sum(a => a * a) - Math.Pow(u.Sum(), 2) / 5, sxy = u.Zip(v, (a, b) => a * b).Sum() - u.Sum() * v.Sum() / 5;
            double slope = sxy / sxx, intercept = v.Average() - slope * u.Average();
            double residuals = u.Zip(v, (a, b) => Math.Pow(b - intercept - slope * a, 2)).Sum();
            if (-1.5 * slope < Math.Sqrt(residuals / 3 / sxx))
            {
                (rate, changed) = (rate / 10, i);
                changes.Add((i, rate));
            }
        }

        return changes;
    }

    private static TrainingHistory FlatUntil(int iteration, int rateSince)
    {
        var history = new TrainingHistory();
        for (int i = 0; i <= iteration; i += 50)
            history.AddError(new ReconstructionError(i, 0.1 + i * 1e-6));
        history.AddRate(rateSince, 1e-3);
        return history;
    }
}
