using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Looks for the cause of wrong gradients: checks every function on the tape by itself, at the values that it had, and compares the
/// gradients of the guilty one with what they should be as wholes.
/// </summary>
internal static class Diagnosis
{
    private const int MostCulprits = 3;

    /// <summary>What may be wrong, in sentences; nothing where rounding in the differences may be all of it.</summary>
    public static IReadOnlyList<string> Causes(CheckedFunction function, GradCheckReport report, GradCheckOptions options)
    {
        if (report.Failed <= report.FailedWithinNoise)
            return [];
        GradCheckOptions alone = ForOneAlone(options, function, report);
        List<string> causes = CausesInFunctions(function, suspect =>
        {
            CheckedFunction isolated = IsolatedFunction.Of(suspect, alone);
            return (isolated, FirstOrderCheck.Run(isolated, alone, mayLackGradients: true));
        });
        if (causes.Count > 0)
            return causes;

        // All functions are right, and together they are wrong.
        IReadOnlyList<GradCheckEntry> failed = [.. report.Worst.Where(entry => entry.Severity > 1)];
        causes.Add(failed.Any(entry => entry.Analytic == 0 && entry.Numeric != 0)
            ? "every function on the tape is right by itself: something between them is cut off or computed outside of the tape. "
                + "Look for Detach(), Constant(), NoGradient() and .Value"
            : "every function on the tape is right by itself, at this Epsilon and these tolerances. Of all of them together, the "
                + "differences may be too coarse: try another Epsilon. If that changes nothing, look for Detach(), Constant(), NoGradient() "
                + "and .Value");
        causes.AddRange(failed
            .Select(entry => entry.Input).Distinct()
            .Select(name => GradientPattern.Describe(function, IndexOf(function, name)))
            .OfType<string>());
        return causes;
    }

    /// <summary>The same where gradients are right, but the gradients of the gradients are not.</summary>
    public static IReadOnlyList<string> CausesOfSecondOrder(
        CheckedFunction function, CheckedFunction gradients, GradCheckReport report, GradCheckOptions options)
    {
        if (report.Failed <= report.FailedWithinNoise)
            return [];
        GradCheckOptions alone = ForOneAlone(options, gradients, report);
        var seeds = new List<Tensor>();
        try
        {
            return CausesInFunctions(function, suspect =>
            {
                CheckedFunction isolated = IsolatedFunction.Of(suspect, alone);
                IReadOnlyList<Tensor> seed = GradientFunction.Seed(isolated, new Random(options.Seed));
                seeds.AddRange(seed);
                CheckedFunction ofGradients = GradientFunction.Of(isolated, seed, alone);
                return (ofGradients, FirstOrderCheck.Run(ofGradients, alone, mayLackGradients: true));
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
        CheckedFunction function, Func<Function, (CheckedFunction Function, GradCheckReport Report)> check)
    {
        var causes = new List<string>();
        using Recording recording = function.Record();
        foreach (Function suspect in recording.Tape.Records.Reverse())
        {
            if (causes.Count >= MostCulprits)
                break;
            try
            {
                (CheckedFunction isolated, GradCheckReport report) = check(suspect);
                IEnumerable<string> found = report.Failed > report.FailedWithinNoise
                    ? FailedInputs(isolated, report).Select(input => Sentence(isolated, input, suspect))
                    // Its numbers are right, but it may spoil those of others.
                    : report is { Failed: 0, Compared: > 0 } ? report.Problems : [];
                causes.AddRange(found.Select(sentence => IsolatedFunction.Subject(suspect) + sentence));
            }
            catch (Exception refusal) when (
                refusal is GradCheckException or ChangingOutputException || BackwardContract.IsOfBackwardPass(refusal))
            {
                // It cannot be run by itself in float64; others may still be guilty.
            }
        }

        return [.. causes.Distinct()];
    }

    private static string Sentence(CheckedFunction isolated, int input, Function suspect) =>
        (GradientPattern.Describe(isolated, input) ?? $"the gradient of {isolated.Inputs[input].Name} is wrong")
        + IsolatedFunction.SharedUse(suspect, input);

    private static IEnumerable<int> FailedInputs(CheckedFunction function, GradCheckReport report) =>
        report.Worst.Where(entry => entry.Severity > 1).Select(entry => IndexOf(function, entry.Input)).Distinct().Order();

    /// <summary>
    /// How a function is checked by itself: with the step and tolerances of the input that came out worst. A few directions are enough to
    /// tell, and kinks do not make a function guilty.
    /// </summary>
    private static GradCheckOptions ForOneAlone(GradCheckOptions options, CheckedFunction function, GradCheckReport report)
    {
        CheckedInput worst = function.Inputs[IndexOf(function, report.Worst[0].Input)];
        return options with
        {
            Order = 1,
            Mode = GradCheckMode.Projected,
            LargestKinkShare = 1,
            Epsilon = worst.Epsilon,
            AbsoluteTolerance = worst.AbsoluteTolerance,
            RelativeTolerance = worst.RelativeTolerance,
        };
    }

    private static int IndexOf(CheckedFunction function, string name) =>
        function.Inputs.Select(input => input.Name).ToList().IndexOf(name);
}
