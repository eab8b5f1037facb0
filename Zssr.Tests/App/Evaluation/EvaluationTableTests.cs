using System.Text.Json;
using Zssr.App.Evaluation;
using Zssr.App.Records;

namespace Zssr.Tests.App.Evaluation;

/// <summary>The tables' figures, against figures made by hand.</summary>
public sealed class EvaluationTableTests
{
    private static readonly EvaluationResult[] Results =
    [
        new("a", "bicubic", null, 2, 30, 0.9, 0.01, 0),
        new("a", "fast", 1, 2, 31, 0.91, 10, 600),
        new("a", "fast", 2, 2, 32, 0.94, 12, 600),
        new("b|c", "bicubic", null, 2, 20, 0.7, 0.03, 0),
        new("b|c", "fast", 1, 2, 24, 0.75, 20, 500),
        new("a", "bicubic", null, 3, double.PositiveInfinity, 1, 0, 0),
    ];

    [Test]
    public void Means_are_over_images_and_seeds_and_cells_over_seeds()
    {
        string[] lines = EvaluationTable.Of("T", "made so", Results, []).Split('\n');
        // (31 + 32 + 24) / 3, (.91 + .94 + .75) / 3, (10 + 12 + 20) / 3, (600 + 600 + 500) / 3
        Assert.That(lines, Does.Contain("| fast | 29.00 | .8667 | 14.0 | 567 | 3 |"));
        Assert.That(lines, Does.Contain("| bicubic | 25.00 | .8000 | 0.0 | 0 | 2 |"));
        Assert.That(lines, Does.Contain("| Image | bicubic | fast |"));
        Assert.That(lines, Does.Contain("| a | 30.00 / .9000 | 31.50 / .9250 |"));
        Assert.That(lines, Does.Contain("| b\\|c | 20.00 / .7000 | 24.00 / .7500 |"));
    }

    [Test]
    public void Each_scale_has_tables_of_its_own()
    {
        string table = EvaluationTable.Of("T", "made so", Results, []);
        Assert.That(table, Does.StartWith("# T\n\nmade so\n\n## Scale 2\n"));
        string third = table[table.IndexOf("## Scale 3", StringComparison.Ordinal)..];
        Assert.That(third, Does.Contain("| bicubic | Infinity | 1.0000 |").And.Not.Contain("fast"));
        Assert.That(table, Does.Not.Contain("Failed"));
    }

    [Test]
    public void A_method_without_a_result_leaves_a_gap_and_failures_are_listed()
    {
        EvaluationResult[] results = [.. Results[..3], Results[3]];
        string table = EvaluationTable.Of("T", "made so", results, ["b|c x2, fast, seed 1: it failed"]);
        Assert.That(table, Does.Contain("| b\\|c | 20.00 / .7000 | – |"));
        Assert.That(table, Does.EndWith("## Failed, not included in the means\n\n- b|c x2, fast, seed 1: it failed\n"));
    }

    [Test]
    public void A_result_is_a_line_of_json()
    {
        Assert.That(
            Results[1].ToJson(),
            Is.EqualTo("""{"image":"a","method":"fast","seed":1,"scale":2,"psnr":31,"ssim":0.91,"seconds":10,"iterations":600}"""));
        using JsonDocument plain = JsonDocument.Parse(Results[5].ToJson());
        Assert.That(plain.RootElement.GetProperty("seed").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(plain.RootElement.GetProperty("psnr").ValueKind, Is.EqualTo(JsonValueKind.Null), "the PSNR of equal images");
    }
}
