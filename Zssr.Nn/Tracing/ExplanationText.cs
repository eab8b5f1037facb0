using System.Globalization;
using System.Text;

namespace Zssr.Nn.Tracing;

/// <summary>Explanations as tables in plain text; lines end with a line feed.</summary>
public static class ExplanationText
{
    /// <summary>This many terms are shown, and the rest in one line, unless there are but a few more.</summary>
    private const int Shown = 20, ShownWhole = 27;

    /// <summary>The products under the kernel, and what becomes of their sum.</summary>
    /// <param name="explained">The activation.</param>
    /// <param name="all">Every product in the kernel's order; otherwise the largest of many.</param>
    public static string Of(ActivationExplained explained, bool all = false)
    {
        ArgumentNullException.ThrowIfNull(explained);
        LayerValues layer = explained.Layer;
        IReadOnlyList<KernelTap> taps = explained.Taps;
        bool isWhole = all || taps.Count <= ShownWhole;
        IReadOnlyList<KernelTap> shown = isWhole ? taps : [.. taps.OrderByDescending(tap => Math.Abs(tap.Product)).Take(Shown)];
        var text = new StringBuilder();
        text.Append(Line($"ACTIVATION {explained.Row},{explained.Column},{explained.Channel} of layer {layer.Layer} of {layer.Layers}, "));
        text.Append(Line($"iteration {layer.Iteration}: y = {Formula(layer)}\n"));
        text.Append(Line($"x {layer.InputShape}, w {layer.WeightShape}, y {layer.OutputShape}, padding {layer.Padding}\n\n"));
        AppendTable(text, ["kernel", "channel", "x at", "x", "w", "x · w"], shown.Select(tap => new[]
        {
            Line($"{tap.KernelRow},{tap.KernelColumn}"), Line($"{tap.Channel}"),
            tap.IsInside ? Line($"{tap.Row},{tap.Column}") : "outside", Number(tap.Input), Number(tap.Weight), Number(tap.Product),
        }));
        text.Append('\n');
        if (!isWhole)
            AppendSum(text, $"the other {taps.Count - shown.Count} products", explained.Sum - shown.Sum(tap => tap.Product));
        AppendSum(text, $"sum of all {taps.Count} products", explained.Sum);
        if (explained.Bias is { } bias)
            AppendSum(text, "+ bias", bias, explained.PreActivation);
        if (layer.HasRelu)
            AppendSum(text, "ReLU", explained.Activated);
        if (explained.Residual is { } residual)
            AppendSum(text, $"+ {layer.ResidualName}", residual, explained.Value);
        AppendComparison(text, "the network computed", explained.Computed, explained.Value);
        return text.ToString();
    }

    /// <summary>The terms of a weight's gradient, and their sum.</summary>
    /// <param name="explained">The gradient.</param>
    /// <param name="all">Every term; otherwise the largest of many.</param>
    public static string Of(WeightGradientExplained explained, bool all = false)
    {
        ArgumentNullException.ThrowIfNull(explained);
        IReadOnlyList<GradientTerm> terms = explained.Terms;
        bool isWhole = all || terms.Count <= ShownWhole;
        IReadOnlyList<GradientTerm> shown = isWhole ? terms : [.. terms.Take(Math.Clamp(explained.NonZeroTerms, 1, Shown))];
        bool isBatch = explained.Layer.OutputShape[0] > 1;
        string place = Line(
            $"{explained.KernelRow},{explained.KernelColumn},{explained.InputChannel},{explained.OutputChannel}");
        var text = new StringBuilder();
        text.Append(Line($"GRADIENT of weight {place} of layer {explained.Layer.Layer}: ∂loss/∂w = Σ over pixels of x · dz\n\n"));
        AppendTable(text, [isBatch ? "image, pixel" : "pixel", "x", "dz", "x · dz"], shown.Select(term => new[]
        {
            isBatch ? Line($"{term.Image}, {term.Row},{term.Column}") : Line($"{term.Row},{term.Column}"),
            Number(term.Input), Number(term.Gradient), Number(term.Product),
        }));
        text.Append('\n');
        if (shown.Count < terms.Count)
            AppendSum(text, $"the other {terms.Count - shown.Count} pixels", explained.Sum - shown.Sum(term => term.Product));
        int zeros = terms.Count - explained.NonZeroTerms;
        AppendSum(text, $"sum over {terms.Count} pixels{(zeros > 0 ? $", {zeros} of them 0" : "")}", explained.Sum);
        AppendComparison(text, "the backward pass gave", explained.Computed, explained.Sum);
        return text.ToString();
    }

    private static string Formula(LayerValues layer)
    {
        string sum = layer.Bias is null ? "Σ x · w" : "Σ x · w + bias";
        string activated = layer.HasRelu ? $"ReLU({sum})" : sum;
        return layer.Residual is null ? activated : $"{activated} + {layer.ResidualName}";
    }

    private static void AppendTable(StringBuilder text, string[] headings, IEnumerable<string[]> cells)
    {
        string[][] rows = [headings, .. cells];
        int[] widths = [.. headings.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            text.Append("  ").AppendJoin("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))).Append('\n');
    }

    /// <summary>A line with a number; where something was added, with what has become of the sum.</summary>
    private static void AppendSum(StringBuilder text, string what, double number, double? total = null)
    {
        text.Append("  ").Append(what.PadRight(38)).Append(Number(number).PadLeft(15));
        if (total is { } sum)
            text.Append("  = ").Append(Number(sum));
        text.Append('\n');
    }

    private static void AppendComparison(StringBuilder text, string what, double computed, double expected)
    {
        AppendSum(text, what, computed);
        AppendSum(text, "difference", computed - expected);
    }

    /// <summary>0 is added so that −0, the product of a negative weight with the padding, reads 0.</summary>
    private static string Number(double value) => (value + 0.0).ToString("G8", CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
