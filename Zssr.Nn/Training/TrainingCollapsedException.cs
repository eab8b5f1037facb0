using System.Globalization;

namespace Zssr.Nn;

/// <summary>A network has collapsed (see <see cref="ZssrTrainer.HasCollapsed"/>) however often its training started again.</summary>
/// <param name="history">The last attempt's.</param>
public sealed class TrainingCollapsedException(TrainingHistory history) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"training: the network has collapsed {history.Collapses.Count + 1} times, last after {history.Losses.Count} iterations with the "
    + $"rate {history.LearningRate:G3}: no gradient was left. Give a much smaller --learning-rate."));
