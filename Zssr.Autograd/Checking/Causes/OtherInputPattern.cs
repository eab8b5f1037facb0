namespace Zssr.Autograd.Checking;

/// <summary>Whether an input's gradient is that of another input.</summary>
internal static class OtherInputPattern
{
    public static string? Describe(CheckedFunction function, int input, double[] dy, double[] a)
    {
        for (int other = 0; other < function.Inputs.Count; other++)
        {
            CheckedInput x = function.Inputs[other];
            if (other == input || x.Values.Length != a.Length || a.Length < 2)
                continue;
            double[] n = NumericGradient.Of(function, dy, other, new double[a.Length]);
            if (n.Any(value => value != 0) && GradientMatch.AreEqual(a, n))
                return $"is that of {x.Name}: are the two in the wrong order, or is one factor taken for the other?";
        }

        return null;
    }
}
