namespace Zssr.Autograd.Checking;

/// <summary>
/// Guesses what is wrong with a gradient from all of it: the usual mistakes leave a pattern between what it is, a, and what it should
/// be, n.
/// </summary>
internal static class GradientPattern
{
    // Beyond, n is only computed at a sample of elements: differences cost two evaluations for each.
    private const int LargestTensor = 2048;

    /// <summary>What relates the gradient of an input to what it should be.</summary>
    public static string Describe(CheckedFunction function, int input)
    {
        CheckedInput x = function.Inputs[input];
        double[] dy = Observation.RandomWeights(function, new Random(1));
        using Recording recording = function.Record();
        double[]? a = recording.Gradients(dy)[input];
        string subject = $"the gradient of {x.Name} {x.Shape} ";
        if (a is null)
            return subject + "is missing: the backward pass gives none";
        if (IgnoresOutputGradient(function, input))
            return subject + "does not change with the output gradient: its factor dy is missing";
        return subject + (x.Values.Length <= LargestTensor
            ? OfWhole(function, input, dy, a) : SampledPattern.Describe(function, input, dy, a));
    }

    /// <summary>Whether there is more to say of a gradient than that it is not linear in the output gradient, or not zero for zero.</summary>
    public static bool SaysMore(CheckedFunction function, int input)
    {
        using Recording recording = function.Record();
        double[]? a = recording.Gradients(Observation.RandomWeights(function, new Random(1)))[input];
        return (a is not null && !a.All(double.IsFinite)) || IgnoresOutputGradient(function, input);
    }

    /// <summary>Whether an input's gradient is the same for twice the output gradient.</summary>
    public static bool IgnoresOutputGradient(CheckedFunction function, int input)
    {
        double[] dy = Observation.RandomWeights(function, new Random(1));
        using Recording recording = function.Record();
        double[]? a = recording.Gradients(dy)[input], ofTwice = recording.Gradients([.. dy.Select(u => -2 * u)])[input];
        return a is not null && ofTwice is not null && GradientMatch.AreEqual(a, ofTwice) && a.Any(value => value != 0);
    }

    private static string OfWhole(CheckedFunction function, int input, double[] dy, double[] a)
    {
        CheckedInput x = function.Inputs[input];
        double[] n = NumericGradient.Of(function, dy, input, a);
        return NumberPattern.Describe(a, n, x)
            ?? OfOutputGradient(a, n, dy)
            ?? RatioPattern.Describe(a, n, x.Shape, function)
            ?? OtherInputPattern.Describe(function, input, dy, a)
            ?? TensorOrder.Describe(a, n, x.Shape)
            ?? OutputGradientPattern.Describe(function, input, dy, a)
            ?? TermPattern.Describe(function, input, dy, a, n)
            ?? StalePattern.Describe(function, input, dy, a)
            ?? WrongPlaces.Describe(a, n, x.Shape);
    }

    private static string? OfOutputGradient(double[] a, double[] n, double[] dy) =>
        GradientMatch.AreEqual(a, dy) && !GradientMatch.AreEqual(a, n)
            ? "is the output gradient dy as it came: the function's own derivative is missing" : null;
}
