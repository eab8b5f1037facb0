namespace Zssr.Autograd.Checking;

/// <summary>Checks the gradients of a function against central differences, in any mode and without a guess at causes.</summary>
internal static class FirstOrderCheck
{
    // Up to here a failure is shown with all entries; beyond, an entry is found by halving.
    private const int MostToShow = 512;

    // Where directions meet kinks, each element is looked at if there are no more of them, and otherwise a sample.
    private const int MostOneByOne = 1024, SampleOfMany = 256;

    /// <summary>What a check of the gradients finds.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">Mode and tolerances.</param>
    /// <param name="mayLackGradients">Whether it is right that an input gets none; differences must be zero then.</param>
    /// <param name="locates">Whether the place of a failure is wanted; otherwise its input is enough.</param>
    public static GradCheckReport Run(CheckedFunction function, GradCheckOptions options, bool mayLackGradients, bool locates = true)
    {
        var random = new Random(options.Seed);
        ContractFindings contract = BackwardContract.Check(function, options, mayLackGradients, random);
        var report = new GradCheckReport { Mode = options.Mode, Problems = contract.Problems, Broken = contract.Broken };
        if (!contract.HasGradients)
            return report;
        (Findings findings, GradCheckMode mode) = Compare(function, options, random, locates);
        if (options.ToleranceFollowsSize && findings.Failed == 0)
            FaintCheck.Run(function, random, findings);
        return contract.AddTo(report with { Mode = mode }, findings, options);
    }

    private static (Findings Findings, GradCheckMode Mode) Compare(
        CheckedFunction function, GradCheckOptions options, Random random, bool locates)
    {
        var findings = new Findings();
        switch (options.Mode)
        {
            case GradCheckMode.Full:
                ElementCheck.All(function, options, findings);
                return (findings, GradCheckMode.Full);
            case GradCheckMode.Sampled:
                ElementCheck.Sample(function, options.Samples, options, random, findings);
                return (findings, GradCheckMode.Sampled);
            default:
                (IReadOnlyList<FailedDirection> failures, bool metKink) = DirectionCheck.Run(function, options, random, findings);
                return failures.Count > 0
                    ? locates ? Locate(function, options, failures, findings) : (findings, GradCheckMode.Projected)
                    : metKink ? OneByOne(function, options, random) : (findings, GradCheckMode.Projected);
        }
    }

    /// <summary>Looks for the places, since random directions have found that something is wrong.</summary>
    private static (Findings Findings, GradCheckMode Mode) Locate(
        CheckedFunction function, GradCheckOptions options, IReadOnlyList<FailedDirection> failures, Findings findings)
    {
        if (ElementCheck.CheckedElements(function) <= MostToShow && function.OutputCount <= MostToShow)
        {
            var located = new Findings();
            ElementCheck.All(function, options, located);
            // Where no single element explains a failure, the directions are the finding.
            return located.Failed > 0 ? (located, GradCheckMode.Full) : (findings, GradCheckMode.Projected);
        }

        foreach (IGrouping<int, FailedDirection> ofInput in failures.GroupBy(failed => failed.Input))
            Bisection.Locate(function, ofInput.MaxBy(failed => Math.Abs(failed.Error))!, options, findings);
        return (findings, GradCheckMode.Projected);
    }

    /// <summary>Looks at elements one by one, since random directions meet kinks.</summary>
    private static (Findings Findings, GradCheckMode Mode) OneByOne(CheckedFunction function, GradCheckOptions options, Random random)
    {
        var findings = new Findings();
        if (ElementCheck.CheckedElements(function) <= MostOneByOne && ElementCheck.FitsFullMode(function))
        {
            ElementCheck.All(function, options, findings);
            return (findings, GradCheckMode.Full);
        }

        ElementCheck.Sample(function, SampleOfMany, options, random, findings);
        return (findings, GradCheckMode.Sampled);
    }
}
