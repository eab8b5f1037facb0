using System.Globalization;
using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Guesses what is wrong with a gradient from all of it: the usual mistakes leave a pattern between what it is, a, and what it should
/// be, n.
/// </summary>
internal static class GradientPattern
{
    private const int LargestTensor = 20_000;

    /// <summary>What relates the gradient of an input to what it should be; null if the tensor is too large to find out.</summary>
    public static string? Describe(CheckedFunction function, int input)
    {
        CheckedInput x = function.Inputs[input];
        if (x.Values.Length > LargestTensor)
            return null;
        var random = new Random(1);
        double[] dy = Observation.RandomWeights(function.OutputCount, random);
        using Recording recording = function.Record();
        double[]? a = recording.Gradients(dy)[input];
        string subject = $"the gradient of {x.Name} {x.Shape} ";
        if (a is null)
            return subject + "is missing: the backward pass gives none";

        double[] n = NumericGradient.Of(function, dy, input, a);
        double[] ofTwice = recording.Gradients([.. dy.Select(u => 2 * u)])[input]!;
        return subject + (
            OfNumbers(a, n)
            ?? OfOutputGradient(a, n, ofTwice, dy)
            ?? OfRatio(a, n, x.Shape, function)
            ?? TensorOrder.Describe(a, n, x.Shape)
            ?? WrongPlaces.Describe(a, n, x.Shape));
    }

    private static string? OfNumbers(double[] a, double[] n)
    {
        int place = Array.FindIndex(a, value => !double.IsFinite(value));
        if (place >= 0 && double.IsFinite(n[place]))
            return $"is {a[place].ToString(CultureInfo.InvariantCulture)} in places where it should be a number";
        return a.All(value => value == 0) && n.Any(value => value != 0)
            ? "is zero everywhere: is something detached in the backward pass, or is its result not used?" : null;
    }

    private static string? OfOutputGradient(double[] a, double[] n, double[] ofTwice, double[] dy)
    {
        if (GradientMatch.AreEqual(a, ofTwice) && a.Any(value => value != 0))
            return "does not change with the output gradient: its factor dy is missing";
        return GradientMatch.AreEqual(a, dy) && !GradientMatch.AreEqual(a, n)
            ? "is the output gradient dy as it came: the function's own derivative is missing" : null;
    }

    /// <summary>Whether a = r · n, and what r may come from.</summary>
    private static string? OfRatio(double[] a, double[] n, Shape shape, CheckedFunction function)
    {
        if (GradientMatch.Ratio(a, n) is not { } ratio)
            return null;
        string counts = string.Join(" and ", Counts(shape, function)
            .Where(count => IsClose(ratio, count.Number) || IsClose(ratio, 1.0 / count.Number))
            .Select(count => $"{count.Number} is the number of {count.Name}"));
        string hint = counts.Length == 0 ? ""
            : ratio < 1 ? $" ({counts}: was a mean taken for a sum?)" : $" ({counts}: was a sum taken for a mean?)";
        return ratio switch
        {
            _ when IsClose(ratio, -1) => "has the wrong sign: it is −1 times what it should be, everywhere",
            _ when IsClose(ratio, 2) => $"is twice what it should be, everywhere{hint}",
            _ when IsClose(ratio, 0.5) => $"is half of what it should be, everywhere{hint}",
            _ when ratio > 0 && Math.Round(1 / ratio) > 1 && IsClose(1 / ratio, Math.Round(1 / ratio)) =>
                string.Create(CultureInfo.InvariantCulture, $"is 1/{Math.Round(1 / ratio)} of what it should be, everywhere{hint}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"is {ratio:G6} times what it should be, everywhere{hint}"),
        };
    }

    /// <summary>Counts that a forgotten or superfluous mean may divide by.</summary>
    private static IEnumerable<(int Number, string Name)> Counts(Shape shape, CheckedFunction function)
    {
        var counts = new List<(int Number, string Name)> { (shape.ElementCount, "elements of this input") };
        if (function.OutputCount != shape.ElementCount)
            counts.Add((function.OutputCount, "elements of the output"));
        // A factor of 2 has simpler reasons than an axis of two elements.
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] > 2)
                counts.Add((shape[axis], $"elements along axis {axis}"));
        }

        return counts.Where(count => count.Number > 1).DistinctBy(count => count.Number);
    }

    private static bool IsClose(double x, double y) => Math.Abs(x - y) <= 1e-4 * Math.Abs(y);
}
