namespace Zssr.Autograd.Checking;

/// <summary>
/// Looks again at inputs whose derivatives have all drowned in the rounding of differences: a step that is a thousand times as long shows
/// derivatives a thousand times as small, as long as the function does not bend within it. Without that any gradient that is small enough
/// would pass.
/// </summary>
internal static class FaintCheck
{
    private const double UnitRoundoff = 1.1102230246251565e-16, RoundingFactor = 16;

    // How far slopes over two steps may be apart for the function to count as straight, and the gradient from them.
    private const double Straightness = 0.05, Agreement = 0.1;

    // Where the function does not change at all, the gradient may still be what rounding leaves of terms that cancel.
    private const double RoundingOfZero = 1e-12;

    private static readonly double[] Factors = [1000, 100, 10];

    // One of how many elements is moved: the fewer, the less likely a kink or a step is met.
    private static readonly int[] Shares = [1, 2, 2, 4, 16, 64, 256];

    /// <summary>Compares along a random direction of each input that nothing was seen of.</summary>
    public static void Run(CheckedFunction function, Random random, Findings findings)
    {
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            CheckedInput input = function.Inputs[i];
            if (input.NeedsGradient && input.Values.Length > 0 && !findings.IsSeen(input.Name) && findings.WasCompared(input.Name))
                Look(function, i, random, findings);
        }
    }

    private static void Look(CheckedFunction function, int number, Random random, Findings findings)
    {
        CheckedInput input = function.Inputs[number];
        using Recording recording = function.Record();
        Observation observation = Observation.OfSums(function, 1, random);
        double[]? gradient = observation.Gradients(recording, 0)[number];
        double magnitude = observation.Magnitudes(recording.Values())[0];
        foreach (int share in Shares)
        {
            double[] direction = Directions.Random(input, random);
            for (int element = 0; element < direction.Length; element++)
                direction[element] *= findings.IsKink(input.Name, element) || random.Next(share) > 0 ? 0 : 1;
            if (Compare(function, number, direction, observation, gradient, magnitude, findings))
                return;
        }

        findings.AddProblem(
            $"nothing was tested of {input.Name}: all of its derivatives are smaller than the rounding errors of differences, so any gradient "
            + "would pass. Choose a larger Epsilon, or scale the function up; ToleranceFollowsSize = false lets it pass");
    }

    /// <returns>Whether the function is straight, or flat, along the direction, so that there was something to compare.</returns>
    private static bool Compare(
        CheckedFunction function, int number, double[] direction, Observation observation, double[]? gradient, double magnitude,
        Findings findings)
    {
        CheckedInput input = function.Inputs[number];
        double analytic = Directions.Along(gradient, direction);
        var steps = new Steps(
            distance => (function.Evaluate(number, Directions.Moved(input, direction, distance)), distance), observation, input.Epsilon);
        foreach (double factor in direction.All(v => v == 0) ? [] : Factors)
        {
            double noise = RoundingFactor * UnitRoundoff * magnitude / (factor * input.Epsilon);
            double slope = steps.Of(factor).Central(0), ofHalf = steps.Of(factor / 2).Central(0);
            bool isFlat = Math.Abs(slope) <= noise && Math.Abs(ofHalf) <= 2 * noise;
            if (!isFlat && !(Math.Abs(slope - ofHalf) <= Straightness * Math.Abs(slope) + 3 * noise))
                continue;
            double allowed = Agreement * Math.Abs(slope) + 4 * noise + (isFlat ? RoundingOfZero : 0);
            findings.Compare(
                input.Name, slope, analytic, allowed, noise,
                () => new GradCheckEntry(input.Name, null, double.NaN, observation.Place(0).Name, null, slope, analytic, allowed));
            return true;
        }

        return false;
    }
}
