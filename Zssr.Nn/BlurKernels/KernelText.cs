using System.Globalization;
using System.Text;

namespace Zssr.Nn;

/// <summary>Reads a table of numbers from text: a row on each line.</summary>
internal static class KernelText
{
    // 255 × 255 numbers of up to 60 letters, with room for comments.
    private const int MostLetters = 1 << 22;

    private const int MostShownLetters = 30;

    public static double[,] Read(TextReader text)
    {
        var rows = new List<double[]>();
        int line = 0;
        foreach (ReadOnlySpan<char> content in ReadAll(text).EnumerateLines())
        {
            line++;
            double[] row = ParseRow(content, line);
            if (row.Length == 0)
                continue;
            if (rows.Count > 0 && row.Length != rows[0].Length)
            {
                throw new BlurKernelException(
                    $"kernel text: line {line} has {row.Length} numbers, the line before {rows[0].Length}. Rows must be equally long.");
            }

            rows.Add(row);
            if (rows.Count > BlurKernel.LongestSide)
                throw new BlurKernelException($"kernel text: line {line} is row {rows.Count}; there are at most {BlurKernel.LongestSide}.");
        }

        return rows.Count > 0
            ? Table(rows)
            : throw new BlurKernelException($"kernel text: there are no numbers in its {line} lines. Write one row on each line.");
    }

    private static ReadOnlySpan<char> ReadAll(TextReader text)
    {
        var all = new StringBuilder();
        char[] buffer = new char[1 << 12];
        int count;
        while ((count = text.Read(buffer)) > 0)
        {
            all.Append(buffer, 0, count);
            if (all.Length > MostLetters)
                throw new BlurKernelException($"kernel text: it has more than {MostLetters} characters. Is it the file of a kernel?");
        }

        return all.ToString();
    }

    private static double[] ParseRow(ReadOnlySpan<char> content, int line)
    {
        int comment = content.IndexOfAny('#', '%');
        if (comment >= 0)
            content = content[..comment];

        var row = new List<double>();
        foreach (Range range in content.SplitAny(" \t,;"))
        {
            // Separators side by side, as in ", ", leave nothing between them.
            ReadOnlySpan<char> word = content[range];
            if (word.IsEmpty)
                continue;
            row.Add(ParseNumber(word, line));
            if (row.Count > BlurKernel.LongestSide)
                throw new BlurKernelException($"kernel text: line {line} has over {BlurKernel.LongestSide} numbers, the most in a row.");
        }

        return [.. row];
    }

    private static double ParseNumber(ReadOnlySpan<char> word, int line)
    {
        bool isNumber = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        if (isNumber && double.IsFinite(number))
            return number;

        string shown = word.Length <= MostShownLetters ? word.ToString() : $"{word[..MostShownLetters]}…";
        throw new BlurKernelException(isNumber
            ? $"kernel text: line {line} has '{shown}', which is not finite."
            : $"kernel text: line {line} has '{shown}', which is not a number. Numbers look like 0.25 or -1.5e-3.");
    }

    private static double[,] Table(List<double[]> rows)
    {
        double[,] table = new double[rows.Count, rows[0].Length];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
                table[i, j] = rows[i][j];
        }

        return table;
    }
}
