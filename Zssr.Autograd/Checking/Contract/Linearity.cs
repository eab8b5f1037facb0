using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// A backward pass is dy ↦ Jᵀ dy, which is linear: Jᵀ(c · u) = c · Jᵀ u and Jᵀ(u + v) = Jᵀ u + Jᵀ v. One-hot output gradients, of which the
/// rows of a Jacobian come, do not show that one clips dy, drops what is negative of it, squares or normalises it.
/// </summary>
internal static class Linearity
{
    // Powers of two, so that rounding is the same and products are equal to the last bit: the other sign, and sizes that meet the bounds of a
    // clip or of a dead zone.
    private static readonly double[] Factors = [-2, Math.Pow(2, 40), -Math.Pow(2, -40)];

    /// <summary>The first way in which the backward pass is not linear, for each input.</summary>
    /// <param name="function">The function.</param>
    /// <param name="recording">A run of it.</param>
    /// <param name="u">An output gradient.</param>
    /// <param name="ofU">Its gradients.</param>
    /// <param name="tolerance">How far gradients of two equal passes may be apart.</param>
    /// <param name="random">Gives another output gradient.</param>
    public static IReadOnlyList<string> Broken(
        CheckedFunction function, Recording recording, double[] u, double[]?[] ofU, double tolerance, Random random)
    {
        var broken = new string?[ofU.Length];
        bool isSingle = function.Inputs.Any(input => input.Tensor.DType == DType.Float32);
        foreach (double factor in Factors)
        {
            double[]?[] scaled = recording.Gradients(Scaled(u, factor)!);
            Note(
                scaled, [.. ofU.Select(gradient => Scaled(gradient, factor))], isSingle ? 1e-5 : 1e-9, isSingle ? 1e-6 : 1e-14,
                FormattableString.Invariant($"{(factor < 0 ? "−" : "")}{Math.Abs(factor):G3} times it gives"),
                tolerance * (1 + Math.Abs(factor)));
        }

        double[] v = Thinned(Observation.RandomWeights(function, random), random);
        double[]?[] ofV = recording.Gradients(v), ofSum = recording.Gradients(Sum(u, v)!);
        double share = isSingle ? 1e-4 : 1e-6;
        Note(ofSum, [.. ofU.Zip(ofV, Sum)], share, share, "for the sum of two it gives", (isSingle ? 1e-5 : 1e-12) + 3 * tolerance);
        return [.. broken.OfType<string>()];

        void Note(double[]?[] gradients, double[]?[] expected, double relative, double ofLargest, string what, double floor)
        {
            for (int i = 0; i < gradients.Length; i++)
            {
                CheckedInput input = function.Inputs[i];
                if (broken[i] is null
                    && GradientDifference.Describe(input, gradients[i], expected[i], relative, ofLargest, floor) is { } difference)
                {
                    broken[i] = $"the backward pass is not linear in the output gradient: {what} {input.Name} {difference}. "
                        + "It must be Jᵀ dy: no clipping, sign, threshold, power or normalisation of dy";
                }
            }
        }
    }

    /// <summary>With about half of the numbers 0, but not all.</summary>
    private static double[] Thinned(double[] weights, Random random)
    {
        int kept = weights.Length == 0 ? 0 : random.Next(weights.Length);
        return [.. weights.Select((weight, o) => o == kept || random.Next(2) == 0 ? weight : 0)];
    }

    private static double[]? Scaled(double[]? x, double factor) => x is null ? null : [.. x.Select(value => factor * value)];

    private static double[]? Sum(double[]? x, double[]? y) => x is null || y is null ? x ?? y : [.. x.Zip(y, (a, b) => a + b)];
}
