using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zssr.Autograd.Checking;

/// <summary>A report for programs: one JSON object. Numbers that are not finite are the strings NaN, Infinity and -Infinity.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(GradCheckReport report, string? name) => JsonSerializer.Serialize(
        new
        {
            Name = name,
            report.Passed,
            report.Order,
            // The twin check knows no modes.
            Mode = report.Reference == GradCheckReference.Differences ? report.Mode : (GradCheckMode?)null,
            report.Reference,
            report.Compared,
            report.Failed,
            report.Problems,
            report.Causes,
            report.Worst,
            Histogram = report.Histogram.Counts.Zip(ErrorHistogram.Bounds, (count, bound) => new { UpTo = bound, Count = count }),
            report.Kinks,
            Seconds = report.Time.TotalSeconds,
        },
        Options);
}
