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
        GradCheckReport first = FirstOrderCheck.Run(checkedFunction, options, mayLackGradients: false);
        if (!first.Passed)
            return first with { Causes = Diagnosis.Causes(checkedFunction, first, options) };
        return options.Order == 1 ? first : SecondOrder(checkedFunction, options);
    }

    private static GradCheckReport SecondOrder(CheckedFunction function, GradCheckOptions options)
    {
        IReadOnlyList<Tensor> seed = GradientFunction.Seed(function, new Random(options.Seed));
        try
        {
            CheckedFunction gradients = GradientFunction.Of(function, seed, options);
            GradCheckReport report = FirstOrderCheck.Run(gradients, options, mayLackGradients: true) with { Order = 2 };
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
}
