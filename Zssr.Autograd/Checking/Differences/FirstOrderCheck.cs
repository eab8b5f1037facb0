namespace Zssr.Autograd.Checking;

/// <summary>Checks the gradients of a function against central differences, in any mode and without a guess at causes.</summary>
internal static class FirstOrderCheck
{
    /// <summary>What a check of the gradients finds.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">Mode and tolerances.</param>
    /// <param name="mayLackGradients">Whether it is right that an input gets none; differences must be zero then.</param>
    public static GradCheckReport Run(CheckedFunction function, GradCheckOptions options, bool mayLackGradients)
    {
        var random = new Random(options.Seed);
        ContractFindings contract = BackwardContract.Check(function, options.NondeterminismTolerance, mayLackGradients, random);
        var report = new GradCheckReport { Mode = options.Mode, Problems = contract.Problems };
        if (!contract.HasGradients)
            return report;
        (Findings findings, report) = Compare(function, options, report, random);
        return contract.AddTo(report, findings, options);
    }

    private static (Findings Findings, GradCheckReport Report) Compare(
        CheckedFunction function, GradCheckOptions options, GradCheckReport report, Random random)
    {
        var findings = new Findings();
        switch (options.Mode)
        {
            case GradCheckMode.Full:
                ElementCheck.All(function, findings);
                break;
            case GradCheckMode.Sampled:
                ElementCheck.Sample(function, options.Samples, random, findings);
                break;
            default:
                bool metKink = DirectionCheck.Run(function, options.Directions, random, findings);
                if (!metKink && findings.Failed == 0)
                    break;
                Findings located = Locate(function, random);
                // Where no single element explains a failure, the directions are the finding.
                if (findings.Failed == 0 || located.Failed > 0)
                    (findings, report) = (located, report with { Mode = GradCheckMode.Full });
                break;
        }

        return (findings, report);
    }

    /// <summary>Looks at every element, since random directions have found that something is wrong or not smooth.</summary>
    private static Findings Locate(CheckedFunction function, Random random)
    {
        var findings = new Findings();
        if (ElementCheck.FitsFullMode(function))
            ElementCheck.All(function, findings);
        else
            ElementCheck.AllOfSums(function, random, findings);
        return findings;
    }
}
