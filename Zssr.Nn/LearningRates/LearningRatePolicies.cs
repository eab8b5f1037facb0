namespace Zssr.Nn;

/// <summary>Decides the learning rate from iteration to iteration.</summary>
public interface ILearningRatePolicy
{
    /// <summary>Every how many iterations the policy wants a reconstruction error; 0 if it needs none.</summary>
    int MeasureEvery { get; }

    /// <summary>The rate of an iteration.</summary>
    /// <param name="iteration">Counted from 0.</param>
    /// <param name="history">What has happened before it.</param>
    double RateAt(int iteration, TrainingHistory history);
}

/// <summary>The same rate always.</summary>
/// <param name="Rate">The rate.</param>
public sealed record ConstantRate(double Rate) : ILearningRatePolicy
{
    /// <inheritdoc/>
    public int MeasureEvery => 0;

    /// <inheritdoc/>
    public double RateAt(int iteration, TrainingHistory history) => Rate;
}

/// <summary>rate · factor^⌊iteration / every⌋.</summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Every">Iterations from one drop to the next, 1 or more.</param>
/// <param name="Factor">What the rate is multiplied by at each drop.</param>
public sealed record StepRate(double Rate, int Every, double Factor = 0.1) : ILearningRatePolicy
{
    /// <inheritdoc/>
    public int MeasureEvery => 0;

    /// <inheritdoc/>
    public double RateAt(int iteration, TrainingHistory history) => Rate * Math.Pow(Factor, iteration / Every);
}

/// <summary>
/// Half a cosine from the first rate down to 0: rate · (1 + cos(π · iteration / iterations)) / 2 (Loshchilov and Hutter 2017).
/// </summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Iterations">Where it would reach 0, 1 or more.</param>
public sealed record CosineRate(double Rate, int Iterations) : ILearningRatePolicy
{
    /// <inheritdoc/>
    public int MeasureEvery => 0;

    /// <inheritdoc/>
    public double RateAt(int iteration, TrainingHistory history) =>
        Rate * (1 + Math.Cos(Math.PI * Math.Min(iteration, Iterations) / Iterations)) / 2;
}
