using System.Globalization;

namespace Zssr.Autograd.Checking;

/// <summary>One derivative, computed in two ways.</summary>
/// <param name="Input">The name of the input.</param>
/// <param name="InputIndex">Where in that input, an index for each axis; null for a derivative along a random direction.</param>
/// <param name="Value">The input's value there; NaN for a direction.</param>
/// <param name="Output">The name of the output, or of the sum of outputs.</param>
/// <param name="OutputIndex">Where in the output, an index for each axis; null for a weighted sum of all of it.</param>
/// <param name="Numeric">The derivative by what the backward pass is compared with: central differences, or the float64 twin.</param>
/// <param name="Analytic">The derivative by the backward pass.</param>
/// <param name="Tolerance">How far apart they may be.</param>
public sealed record GradCheckEntry(
    string Input, IReadOnlyList<int>? InputIndex, double Value, string Output, IReadOnlyList<int>? OutputIndex, double Numeric,
    double Analytic, double Tolerance)
{
    /// <summary>|analytic − numeric|; infinite where one is NaN or infinite.</summary>
    public double Error => ErrorOf(Numeric, Analytic);

    /// <summary>|analytic − numeric| / |numeric|; 0 where the two are equal.</summary>
    public double RelativeError => Error == 0 ? 0 : Error / Math.Abs(Numeric);

    /// <summary>Error as a share of what is allowed; above 1 the check fails.</summary>
    public double Severity => SeverityOf(Numeric, Analytic, Tolerance);

    /// <summary><c>weight[2, 1, 0, 3]</c>, or <c>weight along a random direction</c>.</summary>
    public string InputPlace => InputIndex is null ? $"{Input} along a random direction" : Input + Elements.Text(InputIndex);

    /// <summary><c>output[0, 4, 1, 0]</c>, or the name of a sum.</summary>
    public string OutputPlace => OutputIndex is null ? Output : Output + Elements.Text(OutputIndex);

    /// <summary>All of it in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"∂{OutputPlace} / ∂{InputPlace}: numeric {Numeric:G9}, analytic {Analytic:G9}, error {Error:G3} "
        + $"({RelativeError:G3} of numeric), allowed {Tolerance:G3}");

    internal static double ErrorOf(double numeric, double analytic) =>
        double.IsFinite(numeric) && double.IsFinite(analytic) ? Math.Abs(analytic - numeric) : double.PositiveInfinity;

    /// <summary>A number that is not finite says nothing about the other, so it always fails, even against an infinite tolerance.</summary>
    internal static double SeverityOf(double numeric, double analytic, double tolerance)
    {
        double error = ErrorOf(numeric, analytic);
        return error == 0 ? 0 : double.IsFinite(error) ? error / tolerance : error;
    }
}
