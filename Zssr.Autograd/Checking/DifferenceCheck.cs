using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>Checks a backward pass against differences: the gradients, then the gradients of the gradients, as far as they are right.</summary>
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
        GradCheckReport first = FirstOrderCheck.Run(checkedFunction, options, mayLackGradients: false);
        if (!first.Passed)
            return Explained(first, checkedFunction, checkedFunction, options);
        var seeds = new List<Tensor>();
        try
        {
            return HigherOrders(checkedFunction, first, seeds, options);
        }
        finally
        {
            foreach (Tensor u in seeds)
                u.Dispose();
        }
    }

    /// <summary>The gradients of the function are a function too: checking that one, and the gradients of it, gives the higher orders.</summary>
    private static GradCheckReport HigherOrders(
        CheckedFunction function, GradCheckReport report, List<Tensor> seeds, GradCheckOptions options)
    {
        CheckedFunction gradients = function;
        for (int order = 2; order <= options.Order && report.Passed; order++)
        {
            try
            {
                gradients = GradientFunction.Of(gradients, seeds, options);
                report = FirstOrderCheck.Run(gradients, options, mayLackGradients: true) with { Order = order };
                if (!report.Passed)
                    report = Explained(report, function, gradients, options);
            }
            catch (Exception problem) when (BackwardContract.IsOfBackwardPass(problem))
            {
                return new GradCheckReport { Order = order, Mode = options.Mode, Problems = [BackwardContract.TextOf(problem)] };
            }
        }

        return report;
    }

    private static GradCheckReport Explained(
        GradCheckReport report, CheckedFunction function, CheckedFunction gradients, GradCheckOptions options)
    {
        // Kinks are no surprise where a function changes from run to run, or computes with few bits.
        GradCheckReport withoutKinks = report with { Problems = [.. report.Problems.Where(problem => problem != report.TooManyKinks)] };
        if (report.Broken.Count > 0)
            return withoutKinks with { Causes = Diagnosis.Causes(function, gradients, report, options) };
        bool isOfNumbers = report.Failed > 0 || report.TooManyKinks is not null;
        return isOfNumbers && Precision.Describe(gradients) is { } coarse
            ? withoutKinks with { Problems = [.. withoutKinks.Problems, coarse], Causes = Diagnosis.Coarse(function) }
            : report with { Causes = Diagnosis.Causes(function, gradients, report, options) };
    }
}
