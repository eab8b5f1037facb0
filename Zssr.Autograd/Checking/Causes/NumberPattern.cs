using System.Globalization;

namespace Zssr.Autograd.Checking;

/// <summary>Whether a gradient is no number where it should be one, or zero everywhere.</summary>
internal static class NumberPattern
{
    public static string? Describe(double[] a, double[] n, CheckedInput x)
    {
        int place = Array.FindIndex(a, value => !double.IsFinite(value));
        if (place >= 0 && double.IsFinite(n[place]))
            return $"is {a[place].ToString(CultureInfo.InvariantCulture)} in places where it should be a number";
        int without = Array.FindIndex(n, value => !double.IsFinite(value));
        if (without >= 0)
        {
            return FormattableString.Invariant(
                $"cannot be compared at {Elements.Text(Elements.Index(without, x.Shape))}, where the input is {x.Values[without]:G6}: ")
                + "the function is not finite around it. Choose inputs inside of its domain";
        }

        return a.All(value => value == 0) && n.Any(value => value != 0)
            ? "is zero everywhere: is something detached in the backward pass, or is its result not used?" : null;
    }
}
