namespace Zssr.Autograd.Checking;

/// <summary>The gradient of one input for one output gradient by central differences.</summary>
internal static class NumericGradient
{
    /// <summary>The gradient; at kinks, where there is none, the one that is given.</summary>
    public static double[] Of(CheckedFunction function, double[] outputGradient, int number, double[] atKinks) =>
        At(function, outputGradient, number, atKinks, [.. Enumerable.Range(0, atKinks.Length)]);

    /// <summary>The same at some places only.</summary>
    public static double[] At(CheckedFunction function, double[] outputGradient, int number, double[] atKinks, int[] places)
    {
        Observation observation = Observation.OfSum(function, outputGradient);
        double[] centre = function.Evaluate();
        return
        [
            .. places.Select(i =>
            {
                Verdict verdict = FiniteDifference.By(function, number, i, centre, observation).Judge(0, atKinks[i], 1);
                return verdict.IsKink ? atKinks[i] : verdict.Numeric;
            }),
        ];
    }

    /// <summary>For each element of an input the derivatives of all numbers of the outputs; 0 for those that are not finite.</summary>
    public static double[][] Columns(CheckedFunction function, int number)
    {
        Observation observation = Observation.OfEach(function);
        double[] centre = function.Evaluate();
        return
        [
            .. Enumerable.Range(0, function.Inputs[number].Values.Length).Select(i =>
            {
                FiniteDifference difference = FiniteDifference.By(function, number, i, centre, observation);
                return Enumerable.Range(0, centre.Length).Select(o => function.IsFinite(o) ? difference.Slope(o) : 0).ToArray();
            }),
        ];
    }
}
