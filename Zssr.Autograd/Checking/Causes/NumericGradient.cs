namespace Zssr.Autograd.Checking;

/// <summary>The gradient of one input for one output gradient by central differences.</summary>
internal static class NumericGradient
{
    /// <summary>The gradient; at kinks, where there is none, the one that is given.</summary>
    public static double[] Of(CheckedFunction function, double[] outputGradient, int number, double[] atKinks)
    {
        CheckedInput input = function.Inputs[number];
        Observation observation = Observation.OfSum(function, outputGradient);
        double[] centre = function.Evaluate(), values = [.. input.Values], gradient = [.. atKinks];
        for (int i = 0; i < gradient.Length; i++)
        {
            int element = i;
            FiniteDifference difference = FiniteDifference.Along(
                distance =>
                {
                    double moved = input.Values[element] + distance;
                    values[element] = moved;
                    return (function.Evaluate(number, values), moved - input.Values[element]);
                },
                centre, observation, input.Epsilon, input.Allowed);
            values[element] = input.Values[element];
            if (!difference.IsKink(0))
                gradient[i] = difference.Slope(0);
        }

        return gradient;
    }
}
