using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Compares the outputs of a function of float32 inputs, and its gradients for a few random output gradients, with those of the same
/// function in float64, its twin.
/// </summary>
internal static class TwinCheck
{
    private const int OutputGradients = 3;

    public static GradCheckReport Run(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> function, IReadOnlyList<CheckedInput> inputs, GradCheckOptions options)
    {
        CheckedInput.RequireType(
            inputs, DType.Float32,
            "A float64 twin is for functions of float32 inputs. Compare float64 functions with differences "
            + "(Reference = GradCheckReference.Differences).");
        IReadOnlyList<CheckedInput> wide = [.. inputs.Select(input => input with { Tensor = Widened(input, options) })];
        try
        {
            var single = new CheckedFunction(function, inputs);
            CheckedFunction twin = Twin(function, wide);
            GradCheckReport report = Compare(single, twin, options, order: 1);
            return report.Passed && options.Order == 2 ? SecondOrder(single, twin, options) : report;
        }
        finally
        {
            foreach (CheckedInput input in wide)
                input.Tensor.Dispose();
        }
    }

    private static Tensor Widened(CheckedInput input, GradCheckOptions options) =>
        Tensor.From(options.TwinDevice ?? input.Tensor.Device, input.Shape, input.Values);

    private static CheckedFunction Twin(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> function, IReadOnlyList<CheckedInput> inputs)
    {
        try
        {
            return new CheckedFunction(function, inputs);
        }
        catch (Exception problem) when (problem is DTypeException or DeviceException)
        {
            throw new GradCheckException(
                $"gradient check: the function does not run in float64: {problem.Message} Pass every tensor that it uses as an input, and, "
                + "if the device has no float64, set a TwinDevice.");
        }
    }

    private static GradCheckReport SecondOrder(CheckedFunction single, CheckedFunction twin, GradCheckOptions options)
    {
        // The same numbers in both types.
        IReadOnlyList<Tensor> seed = GradientFunction.Seed(single, new Random(options.Seed));
        IReadOnlyList<Tensor> wideSeed =
            [.. seed.Select(u => Tensor.From(twin.Inputs[0].Tensor.Device, u.Shape, u.ToDoubles()))];
        try
        {
            return Compare(GradientFunction.Of(single, seed, options), GradientFunction.Of(twin, wideSeed, options), options, order: 2);
        }
        catch (Exception problem) when (BackwardContract.IsOfBackwardPass(problem))
        {
            return new GradCheckReport
            {
                Order = 2,
                Reference = GradCheckReference.Float64Twin,
                Problems = [BackwardContract.TextOf(problem)],
            };
        }
        finally
        {
            foreach (Tensor u in seed.Concat(wideSeed))
                u.Dispose();
        }
    }

    private static GradCheckReport Compare(CheckedFunction single, CheckedFunction twin, GradCheckOptions options, int order)
    {
        var random = new Random(options.Seed);
        ContractFindings contract = BackwardContract.Check(single, options, mayLackGradients: order == 2, random);
        var report = new GradCheckReport { Order = order, Reference = GradCheckReference.Float64Twin, Problems = contract.Problems };
        if (!contract.HasGradients)
            return report;
        if (!single.Outputs.Select(output => output.Shape).SequenceEqual(twin.Outputs.Select(output => output.Shape)))
        {
            return report with
            {
                Problems = [.. report.Problems, $"the outputs have other shapes in float64: {Shapes(single)}, and {Shapes(twin)}"],
            };
        }

        var findings = new Findings();
        Observation observation = Observation.OfSums(single, OutputGradients, random);
        using Recording run = single.Record(), wideRun = twin.Record();
        using var kinks = new TwinKinks(single, twin, observation, findings);
        report = report with { Problems = [.. report.Problems, .. TwinValues.Apart(single, run, wideRun, options)] };
        for (int k = 0; k < observation.Count; k++)
        {
            double[]?[] gradients = observation.Gradients(run, k), expected = observation.Gradients(wideRun, k);
            for (int i = 0; i < gradients.Length; i++)
                Compare(single, i, observation, k, expected[i], gradients[i], kinks, findings);
        }

        return contract.AddTo(report, findings, options);
    }

    private static void Compare(
        CheckedFunction single, int number, Observation observation, int k, double[]? expected, double[]? gradients, TwinKinks kinks,
        Findings findings)
    {
        CheckedInput input = single.Inputs[number];
        if (expected is null && gradients is null)
            return;
        for (int i = 0; i < input.Values.Length; i++)
        {
            double numeric = expected?[i] ?? 0, analytic = gradients?[i] ?? 0, allowed = input.Allowed(numeric);
            if (k == 0)
                findings.CountElement(input.Name);
            if (GradCheckEntry.SeverityOf(numeric, analytic, allowed) > 1 && kinks.Explain(k, number, i, numeric, analytic))
                continue;
            int element = i;
            findings.Compare(input.Name, numeric, analytic, allowed, noise: 0, () => new GradCheckEntry(
                input.Name, Elements.Index(element, input.Shape), input.Values[element], observation.Place(k).Name, null, numeric, analytic,
                allowed));
        }
    }

    private static string Shapes(CheckedFunction function) => string.Join(", ", function.Outputs.Select(output => output.Shape));
}
