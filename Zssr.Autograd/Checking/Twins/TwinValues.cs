namespace Zssr.Autograd.Checking;

/// <summary>Compares the outputs of a function of float32 inputs with those of its float64 twin.</summary>
internal static class TwinValues
{
    /// <summary>
    /// The outputs that are too far apart: a number may be off by the relative tolerance of the options times the largest number of its
    /// output, as rounding errors of a sum are a share of its terms, and by the absolute one.
    /// </summary>
    /// <param name="function">The function in float32.</param>
    /// <param name="single">A run of it.</param>
    /// <param name="twin">A run of its twin, which gives the same shapes.</param>
    /// <param name="options">Tolerances.</param>
    public static IEnumerable<string> Apart(CheckedFunction function, Recording single, Recording twin, GradCheckOptions options)
    {
        for (int k = 0; k < function.Outputs.Count; k++)
        {
            double[] values = single.Outputs[k].Value.ToDoubles(), expected = twin.Outputs[k].Value.ToDoubles();
            double allowed = options.AbsoluteTolerance
                + options.RelativeTolerance * expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            double[] errors =
                [.. values.Zip(expected, (x, y) => x.Equals(y) ? 0 : GradCheckEntry.ErrorOf(y, x))];
            if (errors.Length == 0 || errors.Max() <= allowed)
                continue;
            int worst = Array.IndexOf(errors, errors.Max());
            string where = function.Outputs[k].Name + Elements.Text(Elements.Index(worst, function.Outputs[k].Shape));
            yield return FormattableString.Invariant(
                $"{where} is {values[worst]:G9} in float32 and {expected[worst]:G9} in float64; an error of {allowed:G3} is allowed");
        }
    }
}
