using System.Globalization;
using System.Text;

namespace Zssr.Autograd.Checking;

/// <summary>A report for people, in plain text of at most about 120 columns.</summary>
internal static class ReportText
{
    private const int KinksShown = 5;
    private const int BarWidth = 40;

    public static string Of(GradCheckReport report)
    {
        var text = new StringBuilder(Verdict(report));
        if (report.Passed)
        {
            if (report.Worst.Count > 0)
                Line(text, $"  closest to its tolerance: {report.Worst[0]}");
            AddKinks(text, report);
            return text.ToString();
        }

        foreach (string problem in report.Problems)
            Line(text, $"  problem: {problem}");
        foreach (string cause in report.Causes)
            Line(text, $"  cause: {cause}");
        if (report.Failed > 0)
        {
            AddWorst(text, report);
            AddTable(text, report);
            AddHistogram(text, report.Histogram);
        }

        AddKinks(text, report);
        return text.ToString();
    }

    private static string Verdict(GradCheckReport report)
    {
        string what = report.Order switch { 1 => "gradients", 2 => "second derivatives", _ => "third derivatives" };
        bool isOne = report.Compared == 1;
        string compared = isOne ? "1 derivative" : $"{report.Compared} derivatives";
        string agree = isOne ? "agrees" : "agree";
        string verdict = report switch
        {
            { Passed: true } => $"{what} are right: {compared} {agree}",
            { Failed: > 0 } => $"{what} are WRONG: {report.Failed} of {compared} are too far apart",
            { Compared: 0 } => $"{what} are WRONG: nothing was compared",
            _ => $"{what} are WRONG, though {compared} {agree}",
        };
        string reference = report.Reference == GradCheckReference.Differences
            ? $"with central differences, mode {report.Mode}" : "with the float64 twin";
        return string.Create(CultureInfo.InvariantCulture, $"{verdict} {reference} ({report.Time.TotalSeconds:F2} s)");
    }

    private static void AddWorst(StringBuilder text, GradCheckReport report)
    {
        GradCheckEntry worst = report.Worst[0];
        Line(text, $"  worst: ∂{worst.OutputPlace} / ∂{worst.InputPlace}");
        if (worst.InputIndex is not null)
            Line(text, $"    at         {Number(worst.Value)}");
        Line(text, $"    numeric    {Number(worst.Numeric)}");
        Line(text, $"    analytic   {Number(worst.Analytic)}");
        Line(text, string.Create(
            CultureInfo.InvariantCulture,
            $"    error      {worst.Error:G4} ({worst.RelativeError:P1} of numeric), allowed {worst.Tolerance:G4}"));
    }

    private static void AddTable(StringBuilder text, GradCheckReport report)
    {
        string[] places = [.. report.Worst.Select(entry => $"{entry.InputPlace} → {entry.OutputPlace}")];
        int width = places.Max(place => place.Length);
        Line(text, $"  the {report.Worst.Count} worst:");
        Line(text, $"    {"".PadRight(width)} {"numeric",14} {"analytic",14} {"error",10} {"/ allowed",10}");
        for (int i = 0; i < places.Length; i++)
        {
            GradCheckEntry entry = report.Worst[i];
            Line(text, string.Create(
                CultureInfo.InvariantCulture,
                $"    {places[i].PadRight(width)} "
                + $"{entry.Numeric,14:G8} {entry.Analytic,14:G8} {entry.Error,10:G3} {entry.Severity,10:G3}"));
        }
    }

    private static void AddHistogram(StringBuilder text, ErrorHistogram histogram)
    {
        Line(text, "  error / allowed:");
        int largest = histogram.Counts.Max();
        for (int bin = 0; bin < histogram.Counts.Count; bin++)
        {
            int count = histogram.Counts[bin];
            string bound = double.IsFinite(ErrorHistogram.Bounds[bin])
                ? $"≤ 1e{Math.Log10(ErrorHistogram.Bounds[bin]):+0;-0}".PadRight(7) : "more   ";
            // A bar that is too short to be seen would hide the one wrong entry.
            int bar = (int)Math.Ceiling((double)count * BarWidth / largest);
            if (count > 0)
                Line(text, $"    {bound} {count,8} {new string('█', bar)}");
        }
    }

    private static void AddKinks(StringBuilder text, GradCheckReport report)
    {
        if (report.Kinks.Count == 0)
            return;
        string places = string.Join(
            ", ", report.Kinks.Take(KinksShown).Select(kink => $"{kink.Input}{Elements.Text(kink.Index)} = {Number(kink.Value)}"));
        string more = report.Kinks.Count > KinksShown ? $" and {report.Kinks.Count - KinksShown} more" : "";
        Line(text, $"  left out, at kinks: {places}{more}");
    }

    private static string Number(double value) => value.ToString("G10", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line) => text.Append('\n').Append(line);
}
