using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Looks for the cause of wrong gradients: checks every function on the tape by itself, at the values that it had, and compares the
/// gradients of the guilty one with what they should be as wholes.
/// </summary>
internal static class Diagnosis
{
    private const int MostCulprits = 3;

    /// <summary>What may be wrong, in sentences.</summary>
    public static IReadOnlyList<string> Causes(CheckedFunction function, GradCheckReport report, GradCheckOptions options)
    {
        if (report.Failed == 0)
            return [];
        List<string> causes = CausesInFunctions(function, isolated => FailedInputs(isolated, Lenient(options)));
        if (causes.Count > 0)
            return causes;

        // All functions are right, and together they are wrong.
        causes.Add(
            "every function on the tape is right by itself: something between them is cut off or computed outside of the tape. "
            + "Look for Detach(), Constant(), NoGradient() and .Value");
        causes.AddRange(report.Worst
            .Where(entry => entry.Severity > 1).Select(entry => entry.Input).Distinct()
            .Select(name => GradientPattern.Describe(function, IndexOf(function, name)))
            .OfType<string>());
        return causes;
    }

    /// <summary>The same where gradients are right, but the gradients of the gradients are not.</summary>
    public static IReadOnlyList<string> CausesOfSecondOrder(CheckedFunction function, GradCheckOptions options)
    {
        var seeds = new List<Tensor>();
        try
        {
            return CausesInFunctions(function, isolated =>
            {
                IReadOnlyList<Tensor> seed = GradientFunction.Seed(isolated, new Random(options.Seed));
                seeds.AddRange(seed);
                return FailedInputs(GradientFunction.Of(isolated, seed, options), Lenient(options));
            });
        }
        finally
        {
            foreach (Tensor seed in seeds)
                seed.Dispose();
        }
    }

    /// <summary>Checks each function by itself, later ones first, as their gradients come first.</summary>
    private static List<string> CausesInFunctions(
        CheckedFunction function, Func<CheckedFunction, (CheckedFunction Function, IReadOnlyList<int> Inputs)> failedInputs)
    {
        var causes = new List<string>();
        using Recording recording = function.Record();
        foreach (Function suspect in recording.Tape.Records.Reverse())
        {
            if (causes.Count >= MostCulprits)
                break;
            try
            {
                (CheckedFunction isolated, IReadOnlyList<int> inputs) = failedInputs(IsolatedFunction.Of(suspect));
                causes.AddRange(inputs.Select(input => IsolatedFunction.Subject(suspect) + Sentence(isolated, input, suspect)));
            }
            catch (Exception refusal) when (refusal is DTypeException or GraphException or ShapeException or GradCheckException)
            {
                // It cannot be run by itself in float64; others may still be guilty.
            }
        }

        return [.. causes.Distinct()];
    }

    private static string Sentence(CheckedFunction isolated, int input, Function suspect) =>
        (GradientPattern.Describe(isolated, input) ?? $"the gradient of {isolated.Inputs[input].Name} is wrong")
        + IsolatedFunction.SharedUse(suspect, input);

    private static (CheckedFunction Function, IReadOnlyList<int> Inputs) FailedInputs(CheckedFunction function, GradCheckOptions options)
    {
        GradCheckReport report = DifferenceCheck.FirstOrder(function, options, mayLackGradients: true);
        return (function,
        [
            .. report.Worst.Where(entry => entry.Severity > 1).Select(entry => IndexOf(function, entry.Input)).Distinct().Order(),
        ]);
    }

    /// <summary>A few directions are enough to tell, and kinks do not make a function guilty.</summary>
    private static GradCheckOptions Lenient(GradCheckOptions options) =>
        options with { Order = 1, Mode = GradCheckMode.Projected, LargestKinkShare = 1 };

    private static int IndexOf(CheckedFunction function, string name) =>
        function.Inputs.Select(input => input.Name).ToList().IndexOf(name);
}
