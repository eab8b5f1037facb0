namespace Zssr.Autograd.Checking;

/// <summary>Outputs that are infinite or NaN. Differences of them are no numbers, so they are left out of all comparisons.</summary>
internal static class FiniteOutputs
{
    /// <summary>
    /// The first number of each output that is none. An infinite one whose gradients are zero is as it should be: whatever is masked with −∞
    /// stays so when the inputs move.
    /// </summary>
    public static IEnumerable<string> Broken(CheckedFunction function, Recording recording)
    {
        int first = 0;
        for (int k = 0; k < function.Outputs.Count; k++)
        {
            double[] values = recording.Outputs[k].Value.ToDoubles();
            int place = Array.FindIndex(values, value => !double.IsFinite(value));
            if (place >= 0 && (values.Any(double.IsNaN) || HasGradient(function, recording, first, values)))
            {
                string where = function.Outputs[k].Name + Elements.Text(Elements.Index(place, function.Outputs[k].Shape));
                yield return FormattableString.Invariant($"{where} is {values[place]}: choose inputs at which the function is finite");
            }

            first += values.Length;
        }
    }

    /// <summary>Whether a gradient comes from the infinite numbers of an output.</summary>
    private static bool HasGradient(CheckedFunction function, Recording recording, int first, double[] values)
    {
        var outputGradient = new double[function.OutputCount];
        for (int o = 0; o < values.Length; o++)
            outputGradient[first + o] = double.IsFinite(values[o]) ? 0 : 1;
        try
        {
            return recording.Gradients(outputGradient).Any(gradient => (gradient ?? []).Any(value => value != 0));
        }
        catch (Exception problem) when (BackwardContract.IsOfBackwardPass(problem))
        {
            // Said elsewhere.
            return true;
        }
    }
}
