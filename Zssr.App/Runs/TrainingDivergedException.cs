using System.Globalization;
using Zssr.Nn;

namespace Zssr.App.Runs;

/// <summary>A loss is no number any more: the weights are lost, and going on would only take time.</summary>
internal sealed class TrainingDivergedException(string message) : Exception(message)
{
    /// <summary>Throws where the last loss is NaN or infinite.</summary>
    /// <exception cref="TrainingDivergedException">It is.</exception>
    public static void ThrowIfDiverged(TrainingHistory history)
    {
        if (history.Losses.Count == 0 || double.IsFinite(history.Losses[^1]))
            return;
        int iteration = Enumerable.Range(0, history.Losses.Count).First(i => !double.IsFinite(history.Losses[i]));
        throw new TrainingDivergedException(string.Create(
            CultureInfo.InvariantCulture,
            $"training diverged at iteration {iteration} with the rate {history.LearningRate:G3}. Give a smaller --learning-rate."));
    }
}
