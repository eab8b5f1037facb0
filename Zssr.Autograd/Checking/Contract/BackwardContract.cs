using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// What every function must keep to, whatever it computes: its outputs are finite; it and its backward pass leave alone what they are
/// given; both can be run again with the same result; and the backward pass is linear enough to give zero for zero.
/// </summary>
internal static class BackwardContract
{
    /// <summary>What the function and its backward pass break, and whether there are gradients to compare.</summary>
    /// <param name="function">The function.</param>
    /// <param name="tolerance">How far results of two equal runs may be apart.</param>
    /// <param name="mayLackGradients">Whether it is right that no input gets one, as in second derivatives of linear functions.</param>
    /// <param name="random">Gives an output gradient.</param>
    public static ContractFindings Check(CheckedFunction function, double tolerance, bool mayLackGradients, Random random)
    {
        if (function.OutputCount == 0 || function.Inputs.All(input => input.Values.Length == 0))
            return new(["there is nothing to compare: the inputs or the outputs have no elements"], HasGradients: false);
        using Recording recording = function.Record();
        List<string> problems = [.. InPlace.Inputs(function, "forward"), .. NotFinite(function, recording)];
        if (!recording.Outputs.Any(output => output.RequiresGradient))
        {
            if (!mayLackGradients)
                problems.Add("the output depends on no input that needs a gradient: is there a Detach(), Constant() or NoGradient()?");
            return new(problems, HasGradients: true);
        }

        double[] outputGradient = Observation.RandomWeights(function.OutputCount, random);
        try
        {
            double[] values = recording.Values();
            double[]?[] gradients = recording.Gradients(outputGradient, watched: true);
            problems.AddRange(InPlace.AfterBackward(function, recording, values, said: problems));
            problems.AddRange(Unsteady(function, recording, values, outputGradient, gradients, tolerance));
            problems.AddRange(NonzeroForZero(function, recording));
            return new(problems, HasGradients: true)
            {
                InputsWithout = [.. function.Inputs.Where((input, i) => input.NeedsGradient && gradients[i] is null)],
            };
        }
        catch (Exception problem) when (IsOfBackwardPass(problem))
        {
            return new([.. problems, TextOf(problem)], HasGradients: false);
        }
    }

    /// <summary>Whether an exception is what a wrong backward pass may throw: a finding, not the end of the check.</summary>
    public static bool IsOfBackwardPass(Exception problem) =>
        problem is ShapeException or DTypeException or GraphException or TensorDisposedException or DeviceException;

    /// <summary>Such an exception as a problem of a report.</summary>
    public static string TextOf(Exception problem) => $"the backward pass failed: {problem.Message}";

    /// <summary>The first number of each output that is none. Differences do not use it, so they do not show it.</summary>
    private static IEnumerable<string> NotFinite(CheckedFunction function, Recording recording)
    {
        for (int k = 0; k < function.Outputs.Count; k++)
        {
            double[] values = recording.Outputs[k].Value.ToDoubles();
            int place = Array.FindIndex(values, value => !double.IsFinite(value));
            if (place >= 0)
            {
                string where = function.Outputs[k].Name + Elements.Text(Elements.Index(place, function.Outputs[k].Shape));
                yield return FormattableString.Invariant($"{where} is {values[place]}: choose inputs at which the function is finite");
            }
        }
    }

    /// <summary>Goes backward again, and runs all of it again.</summary>
    private static IEnumerable<string> Unsteady(
        CheckedFunction function, Recording recording, double[] values, double[] outputGradient, double[]?[] gradients, double tolerance)
    {
        using Recording other = function.Record();
        double apart = LargestDifference(values, other.Values());
        if (!(apart <= tolerance))
        {
            yield return $"two runs of the function give outputs that are {apart:G3} apart; "
                + $"{tolerance:G3} is allowed (NondeterminismTolerance)";
        }

        double[]?[] again = recording.Gradients(outputGradient), ofAnother = other.Gradients(outputGradient);
        for (int i = 0; i < gradients.Length; i++)
        {
            apart = Math.Max(LargestDifference(gradients[i], again[i]), LargestDifference(gradients[i], ofAnother[i]));
            if (!(apart <= tolerance))
            {
                yield return $"two backward passes give gradients of {function.Inputs[i].Name} that are {apart:G3} apart; "
                    + $"{tolerance:G3} is allowed (NondeterminismTolerance)";
            }
        }
    }

    private static IEnumerable<string> NonzeroForZero(CheckedFunction function, Recording recording)
    {
        double[]?[] gradients = recording.Gradients(new double[function.OutputCount]);
        for (int i = 0; i < gradients.Length; i++)
        {
            int place = Array.FindIndex(gradients[i] ?? [], gradient => gradient != 0);
            if (place >= 0)
            {
                CheckedInput input = function.Inputs[i];
                yield return $"an output gradient of zeros gives {input.Name} a gradient that is not zero: "
                    + $"{gradients[i]![place]:G6} at {Elements.Text(Elements.Index(place, input.Shape))}";
            }
        }
    }

    /// <summary>0 for equal numbers, NaN and infinity included.</summary>
    private static double LargestDifference(double[]? x, double[]? y)
    {
        if (x is null || y is null)
            return ReferenceEquals(x, y) ? 0 : double.PositiveInfinity;
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (!x[i].Equals(y[i]) && x[i] != y[i])
                largest = Math.Max(largest, GradCheckEntry.ErrorOf(x[i], y[i]));
        }

        return largest;
    }
}

/// <summary>What a function and its backward pass break, beside single numbers.</summary>
/// <param name="Problems">It in sentences.</param>
/// <param name="HasGradients">Whether there are gradients to compare at all.</param>
internal sealed record ContractFindings(IReadOnlyList<string> Problems, bool HasGradients)
{
    /// <summary>The inputs that need a gradient and get none, which counts as zero.</summary>
    public IReadOnlyList<CheckedInput> InputsWithout { get; init; } = [];

    /// <summary>Adds to a report what was found of numbers, and says which of the inputs found wrong get no gradient.</summary>
    /// <param name="report">Has what was found before.</param>
    /// <param name="findings">What was found of numbers.</param>
    /// <param name="options">How large a share may lie at kinks.</param>
    public GradCheckReport AddTo(GradCheckReport report, Findings findings, GradCheckOptions options) =>
        findings.AddTo(report with { Problems = [.. report.Problems, .. MissingAmong(findings.FailedInputs)] }, options);

    private IEnumerable<string> MissingAmong(IReadOnlySet<string> failed) =>
        InputsWithout.Where(input => failed.Contains(input.Name)).Select(input =>
            $"{input.Name} gets no gradient at all, although the outputs change with it: it is cut off by Detach(), Constant() "
            + "or NoGradient(), or a backward pass returns null for it");
}
