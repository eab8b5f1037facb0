namespace Zssr.Nn;

/// <summary>The error of rebuilding the image from its own shrunk copy.</summary>
/// <param name="Iteration">How many iterations had been trained.</param>
/// <param name="MeanSquaredError">The mean squared difference, with values 0…1.</param>
public readonly record struct ReconstructionError(int Iteration, double MeanSquaredError)
{
    /// <summary>The same as a peak signal-to-noise ratio, −10·log₁₀(mean squared error), in dB.</summary>
    public double Psnr => -10 * Math.Log10(MeanSquaredError);
}

/// <summary>A change of the learning rate.</summary>
/// <param name="Iteration">The first iteration with the new rate, counted from 0.</param>
/// <param name="LearningRate">The new rate.</param>
public readonly record struct RateChange(int Iteration, double LearningRate);

/// <summary>What has happened in a training so far. Learning-rate policies decide from it and from nothing else, so a resumed run,
/// which has the same history, decides the same.</summary>
public sealed class TrainingHistory
{
    /// <summary>How often a network may collapse: then a training ends with an error, or with the weights of the settings' start.</summary>
    public const int MostCollapses = 8;

    private readonly List<double> _losses = [];
    private readonly List<ReconstructionError> _errors = [];
    private readonly List<RateChange> _rates = [];

    /// <summary>The history of a training at its start.</summary>
    /// <param name="collapses">What <see cref="Collapses"/> says of its earlier attempts.</param>
    /// <param name="divergences">What <see cref="Divergences"/> says.</param>
    public TrainingHistory(IEnumerable<int>? collapses = null, IEnumerable<Divergence>? divergences = null) =>
        (Collapses, Divergences) = ([.. collapses ?? []], [.. divergences ?? []]);

    /// <summary>
    /// Earlier attempts of this training, each as the number of iterations after which no gradient was left (see
    /// <see cref="ZssrTrainer.HasCollapsed"/>). All else is of the present attempt.
    /// </summary>
    public IReadOnlyList<int> Collapses { get; }

    /// <summary>How often the training has diverged and gone back, in order. What it went back over is in no other list here.</summary>
    public IReadOnlyList<Divergence> Divergences { get; }

    /// <summary>The loss of each iteration, in order.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The reconstruction errors measured, in order.</summary>
    public IReadOnlyList<ReconstructionError> ReconstructionErrors => _errors;

    /// <summary>The rates, from the first on; one entry for each change.</summary>
    public IReadOnlyList<RateChange> Rates => _rates;

    /// <summary>The rate in force; NaN before the first iteration.</summary>
    public double LearningRate => _rates.Count > 0 ? _rates[^1].LearningRate : double.NaN;

    /// <summary>Adds the loss of the next iteration.</summary>
    public void AddLoss(double loss) => _losses.Add(loss);

    /// <summary>Adds a measurement.</summary>
    public void AddError(ReconstructionError error) => _errors.Add(error);

    /// <summary>Notes the rate of an iteration, if it differs from the one before.</summary>
    public void AddRate(int iteration, double learningRate)
    {
        if (LearningRate == learningRate)
            return;
        if (_rates.Count > 0 && _rates[^1].Iteration == iteration)
            _rates.RemoveAt(_rates.Count - 1);
        _rates.Add(new RateChange(iteration, learningRate));
    }

    /// <summary>
    /// The history of a training that has diverged and goes back: as it was before the iteration <see cref="Divergence.BackTo"/>, with a
    /// lower rate from there on.
    /// </summary>
    internal TrainingHistory After(Divergence divergence)
    {
        var history = new TrainingHistory(Collapses, [.. Divergences, divergence]);
        history._losses.AddRange(_losses.Take(divergence.BackTo));
        history._errors.AddRange(_errors.Where(error => error.Iteration < divergence.BackTo));
        history._rates.AddRange(_rates.Where(rate => rate.Iteration < divergence.BackTo));
        // A policy that decides by its last rate goes on from this one.
        if (history._rates.Count > 0)
            history.AddRate(divergence.BackTo, history.LearningRate * Divergence.RateFactor);
        return history;
    }
}
