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
    /// <returns>The failures, and whether none was found without a kink, in some place of some input.</returns>
    public static (IReadOnlyList<FailedDirection> Failures, bool MetKink) Run(
        CheckedFunction function, GradCheckOptions options, Random random, Findings findings)
    {
        Observation observation = Observation.OfSums(function, options.Directions, random);
        var failures = new List<FailedDirection>();
        bool metKink = false;
        using Recording recording = function.Record();
        double[] centre = recording.Values();
        for (int k = 0; k < options.Directions; k++)
        {
            double[]?[] gradients = observation.Gradients(recording, k);
            for (int input = 0; input < function.Inputs.Count; input++)
            {
                if (function.Inputs[input] is not { NeedsGradient: true, Values.Length: > 0 })
                    continue;
                int draws = 0;
                while (!Compare(input, k, gradients[input]) && ++draws < MostDraws)
                {
                }

                metKink |= draws == MostDraws;
            }
        }

        return (failures, metKink);

        // False where there is a kink along the direction; then nothing was compared.
        bool Compare(int number, int k, double[]? gradient)
        {
            CheckedInput input = function.Inputs[number];
            double[] direction = Directions.Random(input, random);
            FiniteDifference difference = Directions.Difference(function, number, direction, centre, observation);
            double analytic = Directions.Along(gradient, direction);
            if (difference.IsKinkFor(k, analytic))
                return false;
            double size = options.ToleranceFollowsSize ? SizeOf(gradient, difference.Slope(k)) : 1;
            Verdict verdict = difference.Judge(k, analytic, size);
            if (difference.IsSeen(k))
                findings.MarkSeen(input.Name);
            findings.Compare(
                input.Name, verdict.Numeric, analytic, verdict.Allowed, difference.Noise(k),
                () => new GradCheckEntry(
                    input.Name, null, double.NaN, observation.Place(k).Name, null, verdict.Numeric, analytic, verdict.Allowed));
            if (GradCheckEntry.SeverityOf(verdict.Numeric, analytic, verdict.Allowed) > 1)
                failures.Add(new FailedDirection(number, direction, observation.Weights(k), gradient, verdict.Numeric - analytic));
            return true;
        }
    }

    /// <summary>How large the derivatives are that a direction adds up, at most 1.</summary>
    private static double SizeOf(double[]? gradient, double slope) => Math.Min(
        1, (gradient ?? []).Where(double.IsFinite).Select(Math.Abs).Append(double.IsFinite(slope) ? Math.Abs(slope) : 0).Max());
}

/// <summary>A direction along which the derivative of a weighted sum of the outputs is not what the backward pass says.</summary>
/// <param name="Input">The number of the input.</param>
/// <param name="Direction">v.</param>
/// <param name="Weights">u.</param>
/// <param name="Gradient">The backward pass's Jᵀ u.</param>
/// <param name="Error">The derivative by differences less that of the backward pass.</param>
internal sealed record FailedDirection(int Input, double[] Direction, double[] Weights, double[]? Gradient, double Error);
