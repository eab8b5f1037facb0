namespace Zssr.Nn;

/// <summary>
/// The paper's policy: when the reconstruction error no longer falls, divide the rate by 10. A line is fitted to the last few
/// errors against their iteration numbers; where −1.5 · slope is below the slope's standard error, the fall is within the noise.
/// </summary>
/// <remarks>Shocher, Cohen and Irani 2018, section 3.2. Errors are measured every 50 iterations, tests made every 60.</remarks>
/// <param name="Rate">The first rate.</param>
public sealed record SlopeTest(double Rate) : ILearningRatePolicy
{
    private const double Certainty = 1.5;
    private const double Divisor = 10;

    /// <summary>Iterations from one measurement to the next.</summary>
    public int MeasureEvery { get; init; } = 50;

    /// <summary>Iterations from one test to the next.</summary>
    public int TestEvery { get; init; } = 60;

    /// <summary>No test until more than this many iterations have passed since the rate last changed.</summary>
    public int Patience { get; init; } = 256;

    /// <summary>How many of the last measurements the line is fitted to; 3 or more.</summary>
    public int Points { get; init; } = 5;

    /// <inheritdoc/>
    public double RateAt(int iteration, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Rates.Count == 0)
            return Rate;
        bool isDue = iteration > 0 && iteration % TestEvery == 0 && iteration - history.Rates[^1].Iteration > Patience;
        return isDue && HasLevelledOff(history.ReconstructionErrors) ? history.LearningRate / Divisor : history.LearningRate;
    }

    /// <summary>Whether the last errors show no fall that stands out from their scatter.</summary>
    public bool HasLevelledOff(IReadOnlyList<ReconstructionError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (errors.Count < Points)
            return false;
        LineFit line = LineFit.Through([.. errors.TakeLast(Points).Select(e => ((double)e.Iteration, e.MeanSquaredError))]);
        return -Certainty * line.Slope < line.SlopeError;
    }
}
