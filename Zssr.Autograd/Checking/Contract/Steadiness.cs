namespace Zssr.Autograd.Checking;

/// <summary>
/// Whether a function and its backward pass give the same again: run once more, and after the function has been run at other inputs. The
/// latter shows values that are kept outside of the function's own object, of which there is one for each application.
/// </summary>
internal static class Steadiness
{
    /// <summary>Goes backward again, and runs all of it again.</summary>
    public static IReadOnlyList<string> Broken(
        CheckedFunction function, Recording recording, double[] values, double[] u, double[]?[] gradients, GradCheckOptions options)
    {
        double apart = 0;
        var apartOf = new double[gradients.Length];
        for (int round = 1; round < options.Repeats; round++)
        {
            using Recording other = function.Record();
            apart = Math.Max(apart, GradientDifference.Largest(values, other.Values()));
            foreach (double[]?[] again in (double[]?[][])[recording.Gradients(u), other.Gradients(u)])
            {
                for (int i = 0; i < gradients.Length; i++)
                    apartOf[i] = Math.Max(apartOf[i], GradientDifference.Largest(gradients[i], again[i]));
            }
        }

        var broken = new List<string>();
        if (!(apart <= options.NondeterminismTolerance))
        {
            broken.Add(
                $"two runs of the function give outputs that are {apart:G3} apart; "
                + $"{options.NondeterminismTolerance:G3} is allowed (NondeterminismTolerance)");
        }

        broken.AddRange(function.Inputs.Zip(apartOf)
            .Where(pair => !(pair.Second <= options.NondeterminismTolerance))
            .Select(pair => OfGradients(pair.First, pair.Second, options)));
        return broken.Count > 0 ? broken : AfterOthers(function, recording, u, gradients, options);
    }

    /// <summary>Says that gradients of an input are not the same again.</summary>
    public static string OfGradients(CheckedInput input, double apart, GradCheckOptions options) =>
        $"two backward passes give gradients of {input.Name} that are {apart:G3} apart; "
        + $"{options.NondeterminismTolerance:G3} is allowed (NondeterminismTolerance)";

    /// <summary>Runs the function at other inputs, forward and backward, and then goes backward at the first ones.</summary>
    private static List<string> AfterOthers(
        CheckedFunction function, Recording recording, double[] u, double[]?[] gradients, GradCheckOptions options)
    {
        var broken = new List<string>();
        foreach (Func<double[], double[]> change in (Func<double[], double[]>[])[Mirrored, Negated])
        {
            if (!Ran(function, change, u))
                continue;
            double[]?[] after = recording.Gradients(u);
            for (int i = 0; i < gradients.Length; i++)
            {
                CheckedInput input = function.Inputs[i];
                if (GradientDifference.Largest(gradients[i], after[i]) > options.NondeterminismTolerance)
                {
                    broken.Add(
                        $"the backward pass depends on what ran last: after a run at other inputs it gives {input.Name} "
                        + (GradientDifference.Describe(input, after[i], gradients[i], 0, 0) ?? "a gradient that is not a number")
                        + ". Keep what it needs in the function's own object, of which there is one for each application, not in a static "
                        + "field, a cache or an object that several applications share");
                }
            }

            if (broken.Count > 0)
                break;
        }

        return broken;
    }

    /// <summary>Whether the function could be run there: it may refuse what is outside of its domain.</summary>
    private static bool Ran(CheckedFunction function, Func<double[], double[]> change, double[] u)
    {
        try
        {
            using Recording other = function.RecordAt([.. function.Inputs.Select(input => change(input.Values))]);
            other.Gradients(u);
            return true;
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>The same numbers in the opposite order, 1/32 larger, so that a single one changes too.</summary>
    private static double[] Mirrored(double[] values) => [.. values.Reverse().Select(value => value * 1.03125)];

    /// <summary>On the other side of 0.</summary>
    private static double[] Negated(double[] values) => [.. values.Select(value => value == 0 ? 1 : -value)];
}
