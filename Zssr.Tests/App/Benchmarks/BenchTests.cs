using System.Text.Json;
using Zssr.App.Benchmarks;
using Zssr.App.Errors;

namespace Zssr.Tests.App.Benchmarks;

/// <summary>What the benchmarks print; not how long anything takes, which no test can know.</summary>
[TestFixture]
public sealed class BenchTests
{
    [TestCase("article")]
    [TestCase("paper")]
    public void A_step_is_one_JSON_line_of_the_yardsticks_form(string net)
    {
        CommandRun run = CommandRun.Of("bench", "step", "--net", net, "--size", "8", "--seconds", "0", "--threads", "1", "--json");

        Assert.That(run.Exit, Is.EqualTo(ExitCodes.Success), run.Error);
        Assert.That(run.Output.Trim().Split('\n'), Has.Length.EqualTo(1));
        JsonElement line = JsonDocument.Parse(run.Output).RootElement;
        Assert.That(line.GetProperty("device").GetString(), Is.EqualTo("cpu"));
        Assert.That(line.GetProperty("threads").GetInt32(), Is.EqualTo(1));
        Assert.That(line.GetProperty("size").GetInt32(), Is.EqualTo(8));
        Assert.That(line.GetProperty("net").GetString(), Is.EqualTo(net));
        foreach (string what in new[] { "forward", "step" })
        {
            JsonElement timing = line.GetProperty(what);
            double median = timing.GetProperty("median_ms").GetDouble(), least = timing.GetProperty("min_ms").GetDouble();
            Assert.That(least, Is.Positive.And.LessThanOrEqualTo(median), what);
            Assert.That(timing.GetProperty("samples").GetInt32(), Is.EqualTo(5), "8 repetitions, of which 3 are warm-up");
        }
    }

    [Test]
    public void For_people_it_is_a_line_a_figure()
    {
        CommandRun run = CommandRun.Of("bench", "step", "--size", "8", "--seconds", "0");
        Assert.That(run.Output, Does.Contain("network article, 1 x 8 x 8 x 3").And.Contain("forward").And.Contain("step"));
        Assert.That(run.Output, Does.Contain("median").And.Contain("ms"));
    }

    [TestCase("--size", "3")]
    [TestCase("--size", "many")]
    [TestCase("--net", "other")]
    [TestCase("--seconds", "-1")]
    public void What_cannot_be_measured_is_wrong_usage(string option, string value) =>
        Assert.That(CommandRun.Of("bench", "step", option, value).Exit, Is.EqualTo(ExitCodes.WrongUsage));

    [Test]
    public void The_median_and_the_least_are_of_what_follows_the_warm_up()
    {
        Timing timing = Timing.Of([100, 0.001, 100, 5, 1, 9, 3, 7]);
        Assert.That(timing, Is.EqualTo(new Timing(MedianMs: 5, MinMs: 1, Samples: 5)));
    }

    [Test]
    public void Too_few_measurements_are_told() =>
        Assert.That(() => Timing.Of([1, 2, 3]), Throws.ArgumentException.With.Message.Contains("too few"));
}
