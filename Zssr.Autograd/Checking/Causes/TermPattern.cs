using System.Globalization;

namespace Zssr.Autograd.Checking;

/// <summary>Whether a gradient has a term too many or too few: a = n + r · t, where t is dy, the input, or dy times the input or output.</summary>
internal static class TermPattern
{
    // Fewer numbers than these lie on some line anyway.
    private const int LeastElements = 3;

    public static string? Describe(CheckedFunction function, int input, double[] dy, double[] a, double[] n)
    {
        double[] x = function.Inputs[input].Values, rest = [.. a.Zip(n, (found, should) => found - should)];
        if (a.Length < LeastElements || rest.All(value => Math.Abs(value) <= GradientMatch.Allowed(n)))
            return null;
        var terms = new List<(string Name, double[] Values)> { ("x, the input", x) };
        if (dy.Length == a.Length)
        {
            double[] y = function.Evaluate();
            terms.InsertRange(0,
            [
                ("dy, the output gradient", dy),
                ("dy · x", [.. dy.Zip(x, (u, value) => u * value)]),
                ("dy · y", [.. dy.Zip(y, (u, value) => u * value)]),
            ]);
        }

        foreach ((string name, double[] values) in terms)
        {
            if (GradientMatch.Ratio(rest, values) is { } ratio)
                return Sentence(ratio, name);
        }

        return null;
    }

    private static string Sentence(double ratio, string name)
    {
        string factor = Math.Abs(Math.Abs(ratio) - 1) <= 1e-4
            ? "" : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(ratio):G6} times ");
        return ratio > 0 ? $"has a term too many: it is what it should be plus {factor}{name}"
            : $"lacks a term: it is what it should be without {factor}{name}";
    }
}
