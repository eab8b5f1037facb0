namespace Zssr.Autograd.Checking;

/// <summary>Random directions of an input, and derivatives along them.</summary>
internal static class Directions
{
    /// <summary>Numbers between ½ and 1½ with random signs; 0 for elements that are infinite or NaN and cannot be moved.</summary>
    public static double[] Random(CheckedInput input, Random random)
    {
        double[] direction = Observation.RandomWeights(input.Values.Length, random);
        for (int i = 0; i < direction.Length; i++)
            direction[i] = double.IsFinite(input.Values[i]) ? direction[i] : 0;
        return direction;
    }

    /// <summary>g · v; 0 where there is no gradient.</summary>
    public static double Along(double[]? gradient, double[] direction)
    {
        double sum = 0;
        for (int i = 0; gradient is not null && i < direction.Length; i++)
        {
            if (direction[i] != 0)
                sum += gradient[i] * direction[i];
        }

        return sum;
    }

    /// <summary>The differences of the observed quantities along a direction of an input.</summary>
    public static FiniteDifference Difference(
        CheckedFunction function, int number, double[] direction, double[] centre, Observation observation)
    {
        CheckedInput input = function.Inputs[number];
        // The errors of n · m entries with random signs add up to √(n · m) of one, and so does the sum itself: a relative tolerance
        // of the sum must be smaller by that much for a single wrong entry to show.
        double share = input.RelativeTolerance / Math.Sqrt((double)input.Values.Length * function.OutputCount);
        return FiniteDifference.Along(
            distance => (function.Evaluate(number, Moved(input, direction, distance)), distance), centre, observation, input.Epsilon,
            (slope, size) => input.AbsoluteTolerance * size + share * Math.Abs(slope));
    }

    /// <summary>An input's values, moved along a direction.</summary>
    public static double[] Moved(CheckedInput input, double[] direction, double distance) =>
        [.. input.Values.Zip(direction, (x, v) => v == 0 ? x : x + distance * v)];
}
