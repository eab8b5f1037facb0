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

    private static readonly double[] Factors = [1000, 100, 10];

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
        double[] direction = Directions.Random(input, random);
        Observation observation = Observation.OfSums(function, 1, random);
        using Recording recording = function.Record();
        double analytic = Directions.Along(observation.Gradients(recording, 0)[number], direction);
        double magnitude = observation.Magnitudes(recording.Values())[0];
        var steps = new Steps(
            distance => (function.Evaluate(number, Directions.Moved(input, direction, distance)), distance), observation, input.Epsilon);
        foreach (double factor in Factors)
        {
            double noise = RoundingFactor * UnitRoundoff * magnitude / (factor * input.Epsilon);
            double slope = steps.Of(factor).Central(0), ofHalf = steps.Of(factor / 2).Central(0);
            bool isFlat = Math.Abs(slope) <= noise && Math.Abs(ofHalf) <= 2 * noise;
            if (!isFlat && !(Math.Abs(slope - ofHalf) <= Straightness * Math.Abs(slope) + 3 * noise))
                continue;
            double allowed = Agreement * Math.Abs(slope) + 4 * noise + 1e-12 * (isFlat ? 1 : 0);
            findings.Compare(
                input.Name, slope, analytic, allowed, noise,
                () => new GradCheckEntry(input.Name, null, double.NaN, observation.Place(0).Name, null, slope, analytic, allowed));
            return;
        }

        findings.AddProblem(
            $"nothing was tested of {input.Name}: all of its derivatives are smaller than the rounding errors of differences, so any gradient "
            + "would pass. Choose a larger Epsilon, or scale the function up; ToleranceFollowsSize = false lets it pass");
    }
}
