namespace Zssr.Autograd.Checking;

/// <summary>
/// Whether a function's values carry rounding errors as large as those of float32 arithmetic, though its numbers are float64: differences of
/// such values are noise. The noise is estimated from fourth differences of values at equal distances, in which all that is smooth cancels
/// (Moré and Wild, Estimating Computational Noise, 2011).
/// </summary>
internal static class Precision
{
    // Steps as shares of each element, longer than a unit in the last place of float32, so that each value is rounded anew.
    private const double Step = 1.0 / (1 << 20);
    private const int Points = 33;

    // Shares of the values that count as the rounding of float32: more is no rounding, less is not worth a word.
    private const double Least = 1e-10, Most = 1e-5;

    /// <summary>The noise in words; null where it is none of float32.</summary>
    public static string? Describe(CheckedFunction function)
    {
        var random = new Random(1);
        double[] centre = function.Evaluate();
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            if (function.Inputs[i] is not { NeedsGradient: true, Values.Length: > 0 } || function.OutputCount == 0)
                continue;
            double[] direction = Directions.Random(function.Inputs[i], random);
            for (int element = 0; element < direction.Length; element++)
                direction[element] *= function.Inputs[i].Values[element] is var x && x != 0 ? Math.Abs(x) : 1;
            Observation observation = Observation.OfSums(function, 1, random);
            double magnitude = observation.Magnitudes(centre)[0];
            double noise = Noise(function, i, direction, observation, Step) / magnitude;
            if (!(noise > Least && noise < Most))
                continue;
            // What bends cancels sixteen times as well at half of the step; rounding does not.
            double again = Noise(function, i, direction, observation, Step / 2) / magnitude;
            if (again > noise / 4)
            {
                return FormattableString.Invariant(
                    $"the values of the function carry rounding errors of about {noise:G1} of their size, as those of float32 do: does its ")
                    + "forward pass compute in float32, or convert to it?";
            }
        }

        return null;
    }

    /// <summary>The standard deviation of the noise: the median of fourth differences, whose variance is 70 times as large.</summary>
    private static double Noise(CheckedFunction function, int input, double[] direction, Observation observation, double step)
    {
        double[] values =
        [
            .. Enumerable.Range(0, Points).Select(k =>
                observation.Of(function.Evaluate(input, Directions.Moved(function.Inputs[input], direction, k * step)))[0]),
        ];
        for (int order = 0; order < 4; order++)
            values = [.. values.Skip(1).Zip(values, (next, value) => next - value)];
        double[] sizes = [.. values.Select(Math.Abs).Order()];
        return sizes[sizes.Length / 2] / 0.6745 / Math.Sqrt(70);
    }
}
