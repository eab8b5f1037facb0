namespace Zssr.Nn;

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

/// <summary>
/// One cycle (Smith and Topin 2019) as PyTorch's <c>OneCycleLR</c>: along half a cosine from rate / 25 up to the rate, then along half
/// a cosine down to rate / 250,000 at the last iteration.
/// </summary>
/// <param name="Rate">The largest rate.</param>
/// <param name="Iterations">How long the cycle is, 1 or more; afterwards the rate stays at its end.</param>
public sealed record OneCycleRate(double Rate, int Iterations) : ILearningRatePolicy
{
    /// <summary>How many times smaller than the first the last rate is.</summary>
    private const double LastDivisor = 1e4;

    /// <summary>The share of the iterations in which the rate rises, 0 to below 1.</summary>
    public double WarmUp { get; init; } = 0.3;

    /// <inheritdoc/>
    public int MeasureEvery => 0;

    /// <inheritdoc/>
    public double RateAt(int iteration, TrainingHistory history)
    {
        double first = Rate / TrainingSettings.OneCycleDivisor, last = first / LastDivisor;
        double top = Math.Max(WarmUp * Iterations - 1, 0), end = Math.Max(Iterations - 1, top);
        if (iteration < top)
            return Between(first, Rate, iteration / top);
        return end > top ? Between(Rate, last, Math.Min((iteration - top) / (end - top), 1)) : Rate;
    }

    /// <summary>From one rate to another along half a cosine.</summary>
    private static double Between(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;
}
