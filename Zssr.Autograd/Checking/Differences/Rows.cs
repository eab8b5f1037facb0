namespace Zssr.Autograd.Checking;

/// <summary>
/// The rows of a Jacobian by the backward pass, each computed at least twice, in two runs of the function. What differs only in one row, or
/// in one of many passes, shows in no other way.
/// </summary>
internal static class Rows
{
    // Passes are cheap where rows are few; more of them find what differs seldom. Never more than the differences will cost.
    private const int PassesOfFew = 64;

    /// <summary>For each observed quantity and each input the gradient, or null; what is not the same each time is noted.</summary>
    public static double[]?[][] Of(
        CheckedFunction function, Recording recording, Observation observation, int[]?[] elements, GradCheckOptions options,
        Findings findings)
    {
        using Recording second = function.Record();
        var rows = new double[]?[observation.Count][];
        var apart = new double[function.Inputs.Count];
        int repeats = Repeats(observation.Count, elements.Sum(chosen => (long)(chosen?.Length ?? 0)), options);
        for (int j = 0; j < rows.Length; j++)
        {
            rows[j] = observation.Gradients(recording, j);
            for (int repeat = 1; repeat < repeats; repeat++)
            {
                double[]?[] again = observation.Gradients(repeat % 2 == 0 ? recording : second, j);
                for (int i = 0; i < apart.Length; i++)
                    apart[i] = Math.Max(apart[i], GradientDifference.Largest(rows[j][i], again[i]));
            }
        }

        for (int i = 0; i < apart.Length; i++)
        {
            if (!(apart[i] <= options.NondeterminismTolerance))
                findings.AddBroken(Steadiness.OfGradients(function.Inputs[i], apart[i], options));
        }

        return rows;
    }

    private static int Repeats(int rows, long elements, GradCheckOptions options) =>
        Math.Max(options.Repeats, (int)Math.Min(PassesOfFew, 2 * elements) / Math.Max(1, rows));
}
