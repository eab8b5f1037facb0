using System.Globalization;
using System.Text;
using Zssr.Tensors;

namespace Zssr.Nn.Tracing;

/// <summary>A <see cref="StepTrace"/> as a table in plain text, a line a value.</summary>
public static class StepText
{
    private static readonly string[] Headings = ["", "shape", "least", "largest", "mean", "norm", "ms", ""];

    /// <summary>The text; lines end with a line feed.</summary>
    public static string Of(StepTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        string[][] rows = [Headings, .. trace.Values.Select(Row)];
        int[] widths = [.. Headings.Select((_, column) => rows.Max(row => row[column].Length))];
        StepValue? first = trace.Values.Count > 0 ? trace.Values[0] : null;
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"iteration {trace.Iteration}, learning rate {trace.LearningRate:G6}, on {first?.Device}, {first?.DType.Name()}\n"));
        for (int i = 0; i < trace.Values.Count; i++)
        {
            StepPart part = trace.Values[i].Part;
            if (i == 0 || part != trace.Values[i - 1].Part)
                AppendRow(text.Append('\n'), [Title(part), .. Headings[1..]], widths);
            AppendRow(text, rows[i + 1], widths);
        }

        return text.ToString();
    }

    private static string Title(StepPart part) => part switch
    {
        StepPart.Given => "GIVEN",
        StepPart.Forward => "FORWARD",
        StepPart.Backward => "BACKWARD: what each function adds to the gradient of",
        StepPart.Gradient => "GRADIENTS of the parameters",
        _ => "AFTER the optimizer's step",
    };

    private static string[] Row(StepValue value) =>
    [
        "  " + What(value), value.Shape.ToString(), Number(value.Statistics.Least), Number(value.Statistics.Largest),
        Number(value.Statistics.Mean), Number(value.Statistics.Norm),
        value.Function.Length == 0 ? "" : value.Time.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture),
        value.Line?.ToString() ?? "",
    ];

    private static string What(StepValue value) => value.Part switch
    {
        StepPart.Forward => $"{value.Name} = {value.Function}({string.Join(", ", value.Inputs)})",
        StepPart.Backward => $"{value.Name} from {value.Inputs[0]}, {value.Function}",
        _ => value.Name,
    };

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>Words to the left, numbers to the right.</summary>
    private static void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        var aligned = cells.Select((cell, column) =>
            column is 0 or 1 or 7 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
        text.Append(string.Join("  ", aligned).TrimEnd()).Append('\n');
    }
}
