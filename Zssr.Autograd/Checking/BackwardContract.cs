using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// What every backward pass must keep to, whatever the function: it can be run again with the same result, it is linear enough to give
/// zero for zero, and it gives each input that needs a gradient one, of the input's shape and type.
/// </summary>
internal static class BackwardContract
{
    /// <summary>What the function's backward pass breaks, and whether there is a gradient to compare at all.</summary>
    /// <param name="function">The function.</param>
    /// <param name="tolerance">How far results of two equal runs may be apart.</param>
    /// <param name="mayLackGradients">Whether it is right that an input gets none, as in second derivatives of linear functions.</param>
    /// <param name="random">Gives an output gradient.</param>
    public static (IReadOnlyList<string> Problems, bool HasGradients) Check(
        CheckedFunction function, double tolerance, bool mayLackGradients, Random random)
    {
        if (function.OutputCount == 0 || function.Inputs.All(input => input.Values.Length == 0))
            return (["there is nothing to compare: the inputs or the outputs have no elements"], false);
        using Recording recording = function.Record();
        if (!recording.Outputs.Any(output => output.RequiresGradient))
        {
            return mayLackGradients
                ? ([], true)
                : (["the output depends on no input that needs a gradient: is there a Detach(), Constant() or NoGradient()?"], true);
        }

        double[] outputGradient = Observation.RandomWeights(function.OutputCount, random);
        double[]?[] gradients;
        try
        {
            gradients = recording.Gradients(outputGradient);
        }
        catch (Exception problem) when (problem is ShapeException or DTypeException or GraphException)
        {
            return ([$"the backward pass failed: {problem.Message}"], false);
        }

        return (
            [
                .. mayLackGradients ? [] : Missing(function, gradients),
                .. Unsteady(function, recording, outputGradient, gradients, tolerance),
                .. NonzeroForZero(function, recording),
            ], true);
    }

    private static IEnumerable<string> Missing(CheckedFunction function, double[]?[] gradients) =>
        function.Inputs
            .Where((input, i) => input.NeedsGradient && input.Values.Length > 0 && gradients[i] is null)
            .Select(input =>
                $"{input.Name} gets no gradient: the function does not use it, or cuts it off with Detach(), Constant() or NoGradient(), "
                + "or a backward pass gives null for it. If that is right, give it as an input with NeedsGradient = false");

    /// <summary>Goes backward again, and runs all of it again.</summary>
    private static IEnumerable<string> Unsteady(
        CheckedFunction function, Recording recording, double[] outputGradient, double[]?[] gradients, double tolerance)
    {
        using Recording other = function.Record();
        if (!other.Outputs.Select(output => (output.Shape, output.DType)).SequenceEqual(
                recording.Outputs.Select(output => (output.Shape, output.DType))))
        {
            yield return $"two runs give outputs of different shapes or types: {Shapes(recording)}, then {Shapes(other)}";
            yield break;
        }

        double apart = LargestDifference(recording.Values(), other.Values());
        if (!(apart <= tolerance))
        {
            yield return $"two runs of the function give outputs that are {apart:G3} apart; "
                + $"{tolerance:G3} is allowed (NondeterminismTolerance)";
        }


        double[]?[] again = recording.Gradients(outputGradient), anew = other.Gradients(outputGradient);
        for (int i = 0; i < gradients.Length; i++)
        {
            apart = Math.Max(LargestDifference(gradients[i], again[i]), LargestDifference(gradients[i], anew[i]));
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

    private static string Shapes(Recording recording) =>
        string.Join(", ", recording.Outputs.Select(output => $"{output.Shape} {output.DType.Name()}"));
}
