namespace Zssr.Autograd.Checking;

/// <summary>The gradient of one input for one output gradient by central differences.</summary>
internal static class NumericGradient
{
    /// <summary>The gradient; at kinks, where there is none, the one that is given.</summary>
    public static double[] Of(CheckedFunction function, double[] outputGradient, int number, double[] atKinks)
    {
        Observation observation = Observation.OfSum(function, outputGradient);
        double[] centre = function.Evaluate(), gradient = [.. atKinks];
        for (int i = 0; i < gradient.Length; i++)
        {
            FiniteDifference difference = FiniteDifference.By(function, number, i, centre, observation);
            if (!difference.IsKinkFor(0, atKinks[i]))
                gradient[i] = difference.Slope(0);
        }

        return gradient;
    }
}
