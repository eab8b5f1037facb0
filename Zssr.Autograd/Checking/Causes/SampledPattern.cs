namespace Zssr.Autograd.Checking;

/// <summary>The patterns that a sample of a large gradient shows: factors, not places.</summary>
internal static class SampledPattern
{
    private const int Sample = 64;

    public static string Describe(CheckedFunction function, int input, double[] dy, double[] a)
    {
        CheckedInput x = function.Inputs[input];
        var random = new Random(1);
        int[] places = [.. Enumerable.Range(0, Sample).Select(_ => random.Next(a.Length)).Distinct().Order()];
        double[] n = NumericGradient.At(function, dy, input, a, places), sample = [.. places.Select(i => a[i])];
        if (a.All(value => value == 0) && n.Any(value => value != 0))
            return "is zero everywhere: is something detached in the backward pass, or is its result not used?";
        if (dy.Length == a.Length && GradientMatch.AreEqual(sample, [.. places.Select(i => dy[i])]) && !GradientMatch.AreEqual(sample, n))
            return "is the output gradient dy as it came: the function's own derivative is missing";
        if (!GradientMatch.AreEqual(sample, n) && RatioPattern.Describe(sample, n, x.Shape, function) is { } ratio)
            return ratio;
        double allowed = GradientMatch.Allowed(n);
        int wrong = sample.Zip(n).Count(pair => !(Math.Abs(pair.First - pair.Second) <= allowed));
        return wrong == 0 ? "is wrong in a few places, none of which are in a sample" : $"is wrong in {wrong} of {places.Length} sampled elements";
    }
}
