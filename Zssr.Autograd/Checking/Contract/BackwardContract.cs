using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// What every function must keep to, whatever it computes: its outputs are finite; it and its backward pass leave alone what they are
/// given; both can be run again with the same result, whatever ran in between; the backward pass is linear in the output gradient; and no
/// gradient changes because another is not needed.
/// </summary>
internal static class BackwardContract
{
    /// <summary>What the function and its backward pass break, and whether there are gradients to compare.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">How far results of two equal runs may be apart, how often they are repeated, and how thoroughly.</param>
    /// <param name="mayLackGradients">Whether it is right that no input gets one, as in second derivatives of linear functions.</param>
    /// <param name="random">Gives output gradients.</param>
    public static ContractFindings Check(CheckedFunction function, GradCheckOptions options, bool mayLackGradients, Random random)
    {
        if (function.OutputCount == 0 || function.Inputs.All(input => input.Values.Length == 0))
            return new(["there is nothing to compare: the inputs or the outputs have no elements"], HasGradients: false);
        using Recording recording = function.Record();
        List<string> broken = [.. InPlace.Inputs(function, "forward")];
        string[] notFinite = [.. FiniteOutputs.Broken(function, recording)];
        if (!recording.Outputs.Any(output => output.RequiresGradient))
        {
            string[] cutOff = mayLackGradients
                ? [] : ["the output depends on no input that needs a gradient: is there a Detach(), Constant() or NoGradient()?"];
            return new([.. broken, .. notFinite, .. cutOff], HasGradients: true) { Broken = broken };
        }

        double[] u = Observation.RandomWeights(function, random);
        try
        {
            double[] values = recording.Values();
            double[]?[] gradients = recording.Gradients(u, watched: true);
            broken.AddRange(InPlace.AfterBackward(function, recording, values, said: broken));
            broken.AddRange(Steadiness.Broken(function, recording, values, u, gradients, options));
            // What does not give the same twice is not linear either, which says nothing new.
            if (broken.Count == 0)
                broken.AddRange(OfRightForm(function, recording, u, gradients, options, random));
            return new([.. notFinite, .. broken], HasGradients: true)
            {
                Broken = broken,
                InputsWithout = [.. function.Inputs.Where((input, i) => input.NeedsGradient && gradients[i] is null)],
            };
        }
        catch (Exception problem) when (IsOfBackwardPass(problem))
        {
            return new([.. notFinite, .. broken, WrongForm.Describe(function, u) ?? TextOf(problem)], HasGradients: false);
        }
    }

    /// <summary>Whether an exception is what a wrong backward pass may throw: a finding, not the end of the check.</summary>
    public static bool IsOfBackwardPass(Exception problem) =>
        problem is ShapeException or DTypeException or GraphException or TensorDisposedException or DeviceException;

    /// <summary>Such an exception as a problem of a report.</summary>
    public static string TextOf(Exception problem) => $"the backward pass failed: {problem.Message}";

    private static IReadOnlyList<string> OfRightForm(
        CheckedFunction function, Recording recording, double[] u, double[]?[] gradients, GradCheckOptions options, Random random)
    {
        double[]?[] ofZeros = recording.Gradients(new double[function.OutputCount]);
        string[] offsets = [.. function.Inputs.Zip(ofZeros, NonzeroForZero).OfType<string>()];
        // A division of 0 by 0 gives NaN for zero, and is not linear otherwise; a constant that is added is what it is.
        bool isOffset = offsets.Length > 0 && ofZeros.All(gradient => (gradient ?? []).All(double.IsFinite));
        return
        [
            .. isOffset ? [] : Linearity.Broken(function, recording, u, gradients, options.NondeterminismTolerance, random),
            .. offsets,
            .. InputSubsets.Broken(function, u, gradients, options),
        ];
    }

    private static string? NonzeroForZero(CheckedInput input, double[]? gradient)
    {
        int place = Array.FindIndex(gradient ?? [], value => value != 0);
        return place < 0 ? null
            : $"an output gradient of zeros gives {input.Name} a gradient that is not zero: "
                + $"{gradient![place]:G6} at {Elements.Text(Elements.Index(place, input.Shape))}";
    }
}
