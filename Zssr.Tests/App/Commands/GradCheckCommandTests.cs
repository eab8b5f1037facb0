using System.Text.Json;

namespace Zssr.Tests.App.Commands;

/// <summary><c>zssr gradcheck</c>.</summary>
[TestFixture]
public sealed class GradCheckCommandTests
{
    [Test]
    public void The_list_names_functions_and_their_cases()
    {
        (int exit, string output, _) = CommandRun.Of("gradcheck", "--list");
        Assert.That(exit, Is.Zero);
        Assert.That(output, Does.Contain("conv2d ").And.Contain("relu").And.Contain("L1 loss").And.Contain("weight per pixel"));
    }

    [Test]
    public void A_function_is_checked_and_its_reports_printed()
    {
        (int exit, string output, _) = CommandRun.Of("gradcheck", "Conv2D", "--order", "2", "--mode", "projected");
        Assert.That(exit, Is.Zero, output);
        Assert.That(output, Does.Contain("conv2d").And.Contain("second derivatives are right").And.Contain("mode Projected"));
        Assert.That(output.TrimEnd(), Does.Match("cpu: all [0-9]+ cases are right\\.$"));
    }

    [Test]
    public void Tolerances_that_cannot_be_met_fail_with_a_report()
    {
        (int exit, string output, _) = CommandRun.Of("gradcheck", "exp", "--atol", "0", "--rtol", "0");
        Assert.That(exit, Is.EqualTo(1));
        Assert.That(output, Does.Contain("gradients are WRONG").And.Contain("worst:").And.Contain("cases are WRONG."));
    }

    [Test]
    public void Json_is_an_object_a_line()
    {
        (int exit, string output, _) = CommandRun.Of("gradcheck", "relu", "--mode", "sampled", "--samples", "5", "--json");
        Assert.That(exit, Is.Zero);
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonElement report = JsonDocument.Parse(line).RootElement;
            Assert.That(report.GetProperty("passed").GetBoolean(), Is.True);
            Assert.That(report.GetProperty("mode").GetString(), Is.EqualTo("sampled"));
            Assert.That(report.GetProperty("name").GetString(), Does.StartWith("relu"));
        }
    }

    [Test]
    public void An_unknown_function_is_wrong_usage_and_the_known_ones_are_named()
    {
        (int exit, _, string error) = CommandRun.Of("gradcheck", "cosine");
        Assert.That(exit, Is.EqualTo(2));
        Assert.That(error, Does.Contain("cosine").And.Contain("conv2d"));
    }
}
