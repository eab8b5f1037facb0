namespace Zssr.Tests.References;

/// <summary>Medians by sorting, as the definition says.</summary>
public static class MedianReference
{
    /// <summary>The median of one column of numbers; NaN where it holds one.</summary>
    public static double Of(double[] column, bool meanOfMiddle)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Any(double.IsNaN))
            return double.NaN;
        double[] sorted = [.. column.Order()];
        double lower = sorted[(sorted.Length - 1) / 2];
        double upper = sorted[sorted.Length / 2];
        return meanOfMiddle && sorted.Length % 2 == 0 ? (lower + upper) / 2 : lower;
    }

    /// <summary>The weight of each number in its column's median; a stable sort decides between equal ones.</summary>
    public static double[] Weights(double[] column, bool meanOfMiddle)
    {
        ArgumentNullException.ThrowIfNull(column);
        double[] weights = new double[column.Length];
        int firstNaN = Array.FindIndex(column, double.IsNaN);
        if (firstNaN >= 0)
        {
            weights[firstNaN] = 1;
            return weights;
        }

        int[] order = [.. Enumerable.Range(0, column.Length).OrderBy(k => column[k])];
        int lower = order[(column.Length - 1) / 2];
        int upper = meanOfMiddle ? order[column.Length / 2] : lower;
        weights[lower] += 0.5;
        weights[upper] += 0.5;
        return weights;
    }

    /// <summary>Applies a function to every column of a stack [n, count]; the results, one column a result, are a stack again.</summary>
    public static double[] ByColumn(double[] stack, int n, Func<double[], double[]> function)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(function);
        int count = stack.Length / n;
        double[] Column(int i) => [.. Enumerable.Range(0, n).Select(k => stack[k * count + i])];
        double[][] columns = [.. Enumerable.Range(0, count).Select(i => function(Column(i)))];
        return [.. Enumerable.Range(0, columns[0].Length).SelectMany(k => columns.Select(column => column[k]))];
    }
}
