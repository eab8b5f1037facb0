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
    /// <param name="function">The function.</param>
    /// <param name="gradients">The function itself, or that of its gradients, if those are right and their own gradients are not.</param>
    /// <param name="report">What was found of the latter.</param>
    /// <param name="options">How it was checked.</param>
    public static IReadOnlyList<string> Causes(
        CheckedFunction function, CheckedFunction gradients, GradCheckReport report, GradCheckOptions options)
    {
        bool areWrong = report.Failed > report.FailedWithinNoise;
        if (!areWrong && report.Broken.Count == 0)
            return [];
        GradCheckOptions alone = ForOneAlone(options, gradients, report);
        using Recording recording = function.Record();
        List<string> causes = CausesInFunctions(recording, alone, report.Order);
        if (causes.Count == 0 && NotFinite.Describe(recording) is { } notFinite)
            causes.Add(notFinite);
        return causes.Count > 0 || !areWrong || report.Order > 1 ? causes : OfAllTogether(function, report);
    }

    /// <summary>The functions whose values carry the rounding errors of float32.</summary>
    public static IReadOnlyList<string> Coarse(CheckedFunction function)
    {
        using Recording recording = function.Record();
        return
        [
            .. recording.Tape.Records
                .Where(suspect => !NotFinite.IsAt(suspect))
                .Select(suspect => (Suspect: suspect, Said: Precision.Describe(IsolatedFunction.Of(suspect, new GradCheckOptions()))))
                .Where(found => found.Said is not null)
                .Select(found => FunctionNames.Subject(found.Suspect) + found.Said)
                .Take(MostCulprits),
        ];
    }

    /// <summary>All functions are right, and together they are wrong.</summary>
    private static IReadOnlyList<string> OfAllTogether(CheckedFunction function, GradCheckReport report)
    {
        IReadOnlyList<GradCheckEntry> failed = [.. report.Worst.Where(entry => entry.Severity > 1)];
        string general = failed.Any(entry => entry.Analytic == 0 && entry.Numeric != 0)
            ? "every function on the tape is right by itself: something between them is cut off or computed outside of the tape. "
                + "Look for Detach(), Constant(), NoGradient() and .Value"
            : "every function on the tape is right by itself, at this Epsilon and these tolerances. Of all of them together, the "
                + "differences may be too coarse: try another Epsilon. If that changes nothing, look for Detach(), Constant(), NoGradient() "
                + "and .Value";
        return
        [
            general,
            .. failed
                .Select(entry => entry.Input).Distinct()
                .Select(name => GradientPattern.Describe(function, IndexOf(function, name))),
        ];
    }

    /// <summary>Checks each function by itself, later ones first, as their gradients come first.</summary>
    private static List<string> CausesInFunctions(Recording recording, GradCheckOptions options, int order)
    {
        var causes = new List<string>();
        foreach (Function suspect in recording.Tape.Records.Reverse())
        {
            if (causes.Count >= MostCulprits)
                break;
            // Around what is infinite or NaN, differences accuse everyone.
            if (NotFinite.IsAt(suspect))
                continue;
            try
            {
                IReadOnlyList<string> found = CausesIn(IsolatedFunction.Of(suspect, options), suspect, options, order);
                if (found.Count == 0 && IsolatedFunction.WithSharedInputs(suspect, options) is { } shared)
                    found = [.. CausesIn(shared, suspect, options, order).Select(sentence => sentence + IsolatedFunction.EachUse)];
                causes.AddRange(found.Select(sentence => FunctionNames.Subject(suspect) + sentence));
            }
            catch (Exception refusal) when (
                refusal is GradCheckException or ChangingOutputException || BackwardContract.IsOfBackwardPass(refusal))
            {
                // It cannot be run by itself in float64; others may still be guilty.
            }
        }

        return [.. causes.Distinct()];
    }

    /// <summary>What is wrong with a function by itself.</summary>
    private static IReadOnlyList<string> CausesIn(CheckedFunction isolated, Function suspect, GradCheckOptions options, int order)
    {
        var seeds = new List<Tensor>();
        try
        {
            for (int k = 1; k < order; k++)
                isolated = GradientFunction.Of(isolated, seeds, options);
            GradCheckReport report = FirstOrderCheck.Run(isolated, options, mayLackGradients: true, locates: false);
            bool areWrong = report.Failed > report.FailedWithinNoise;
            string[] patterns = !areWrong ? [] :
            [
                .. FailedInputs(isolated, report)
                    .Where(input => report.Broken.Count == 0 || GradientPattern.SaysMore(isolated, input))
                    .Select(input => GradientPattern.Describe(isolated, input) + IsolatedFunction.SharedUse(suspect, input)),
            ];
            // A function whose numbers are right may still spoil those of others.
            return [.. patterns, .. report.Broken];
        }
        finally
        {
            foreach (Tensor seed in seeds)
                seed.Dispose();
        }
    }

    private static IEnumerable<int> FailedInputs(CheckedFunction function, GradCheckReport report) =>
        report.Worst.Where(entry => entry.Severity > 1).Select(entry => IndexOf(function, entry.Input)).Distinct().Order();

    /// <summary>
    /// How a function is checked by itself: with the step and tolerances of the input that came out worst. A few directions are enough to
    /// tell, and kinks do not make a function guilty.
    /// </summary>
    private static GradCheckOptions ForOneAlone(GradCheckOptions options, CheckedFunction function, GradCheckReport report)
    {
        CheckedInput worst = function.Inputs[report.Worst.Count == 0 ? 0 : IndexOf(function, report.Worst[0].Input)];
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
