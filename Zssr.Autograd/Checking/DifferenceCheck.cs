using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Checks a backward pass against differences, of the first order and, if that is right and asked for, of the second.</summary>
internal static class DifferenceCheck
{
    public static GradCheckReport Run(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> function, IReadOnlyList<CheckedInput> inputs, GradCheckOptions options)
    {
        CheckedInput.RequireType(
            inputs, DType.Float64,
            "Rounding dominates differences of float32 numbers: convert it with To(DType.Float64), or compare with the function's float64 "
            + "twin (Reference = GradCheckReference.Float64Twin).");
        var checkedFunction = new CheckedFunction(function, inputs);
        GradCheckReport first = FirstOrder(checkedFunction, options, mayLackGradients: false);
        if (!first.Passed)
            return first with { Causes = Diagnosis.Causes(checkedFunction, first, options) };
        return options.Order == 1 ? first : SecondOrder(checkedFunction, options);
    }

    /// <summary>Checks gradients, without a guess at causes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">Mode and tolerances.</param>
    /// <param name="mayLackGradients">Whether it is right that an input gets none; differences must be zero then.</param>
    internal static GradCheckReport FirstOrder(CheckedFunction function, GradCheckOptions options, bool mayLackGradients)
    {
        var random = new Random(options.Seed);
        ContractFindings contract = BackwardContract.Check(function, options.NondeterminismTolerance, mayLackGradients, random);
        var report = new GradCheckReport { Mode = options.Mode, Problems = contract.Problems };
        if (!contract.HasGradients)
            return report;
        (Findings findings, report) = Compare(function, options, report, random);
        return findings.AddTo(report, contract, options);
    }

    private static GradCheckReport SecondOrder(CheckedFunction function, GradCheckOptions options)
    {
        IReadOnlyList<Tensor> seed = GradientFunction.Seed(function, new Random(options.Seed));
        try
        {
            CheckedFunction gradients = GradientFunction.Of(function, seed, options);
            GradCheckReport report = FirstOrder(gradients, options, mayLackGradients: true) with { Order = 2 };
            return report.Passed ? report : report with { Causes = Diagnosis.CausesOfSecondOrder(function, gradients, report, options) };
        }
        catch (Exception problem) when (BackwardContract.IsOfBackwardPass(problem))
        {
            return new GradCheckReport { Order = 2, Mode = options.Mode, Problems = [BackwardContract.TextOf(problem)] };
        }
        finally
        {
            foreach (Tensor u in seed)
                u.Dispose();
        }
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
