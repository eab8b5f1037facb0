using System.Globalization;

namespace Zssr.Nn;

/// <summary>A training has diverged (see <see cref="Divergence"/>) however often it went back and lowered its rate.</summary>
/// <param name="history">Up to the last divergence.</param>
public sealed class TrainingDivergedException(TrainingHistory history) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"training diverged {history.Divergences.Count + 1} times, last within {history.Losses.Count} iterations with the rate "
    + $"{history.LearningRate:G3}: the loss went from {history.Losses[0]:G3} to {history.Losses[^1]:G3}. Give a smaller --learning-rate."));
