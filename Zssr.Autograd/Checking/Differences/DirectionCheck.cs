namespace Zssr.Autograd.Checking;

/// <summary>
/// <see cref="GradCheckMode.Projected"/>: compares uᵀ J v, the derivative of a weighted sum of the outputs along a random direction of one
/// input, with u and v new for each of a few directions.
/// </summary>
internal static class DirectionCheck
{
    // Of a network of many units, every direction moves some across their kinks, or nearly; a few directions are enough to find a free one.
    private const int MostDraws = 5;

    /// <summary>Compares along some directions of each input. One that meets a kink says nothing, and a new one takes its place.</summary>
    /// <returns>Whether none was found without a kink, in some place of some input.</returns>
    public static bool Run(CheckedFunction function, int directions, Random random, Findings findings)
    {
        Observation observation = Observation.OfSums(function, directions, random);
        bool metKink = false;
        using Recording recording = function.Record();
        double[] centre = recording.Values();
        for (int k = 0; k < directions; k++)
        {
            double[]?[] gradients = observation.Gradients(recording, k);
            for (int input = 0; input < function.Inputs.Count; input++)
            {
                if (function.Inputs[input] is not { NeedsGradient: true, Values.Length: > 0 })
                    continue;
                int draws = 0;
                while (!Compare(function, observation, k, centre, input, gradients[input], random, findings) && ++draws < MostDraws)
                {
                }

                metKink |= draws == MostDraws;
            }
        }

        return metKink;
    }

    /// <returns>False where there is a kink along the direction; then nothing was compared.</returns>
    private static bool Compare(
        CheckedFunction function, Observation observation, int k, double[] centre, int number, double[]? gradient, Random random,
        Findings findings)
    {
        CheckedInput input = function.Inputs[number];
        double[] direction = Observation.RandomWeights(input.Values.Length, random);
        // The errors of n · m entries with random signs add up to √(n · m) of one, and so does the sum itself: a relative tolerance
        // of the sum must be smaller by that much for a single wrong entry to show.
        double share = input.RelativeTolerance / Math.Sqrt((double)input.Values.Length * function.OutputCount);
        double Allowed(double slope) => input.AbsoluteTolerance + share * Math.Abs(slope);

        FiniteDifference difference = FiniteDifference.Along(Moved, centre, observation, input.Epsilon, Allowed);
        double slope = difference.Slope(k), analytic = gradient is null ? 0 : gradient.Zip(direction, (g, v) => g * v).Sum();
        if (difference.IsKinkFor(k, analytic))
            return false;
        findings.Compare(
            input.Name, slope, analytic, Allowed(slope), difference.Noise(k),
            () => new GradCheckEntry(input.Name, null, double.NaN, observation.Place(k).Name, null, slope, analytic, Allowed(slope)));
        return true;

        (double[] Outputs, double Distance) Moved(double distance) =>
            (function.Evaluate(number, [.. input.Values.Zip(direction, (x, v) => x + distance * v)]), distance);
    }
}
