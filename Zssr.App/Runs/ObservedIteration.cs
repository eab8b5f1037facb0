using System.Globalization;
using Zssr.App.Errors;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>One iteration of a run's first training, looked into; the run ends there.</summary>
internal static class ObservedIteration
{
    /// <summary>Refuses iterations that the settings do not have. Ask before any work.</summary>
    /// <param name="settings">The run's.</param>
    /// <param name="iteration">Counted from 0.</param>
    /// <param name="option">The option that asked for it, for the message.</param>
    /// <exception cref="UsageException">There is no such iteration.</exception>
    public static void Require(ZssrSettings settings, int iteration, string option)
    {
        if (settings.Training.Iterations == 0)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{option} {iteration}: with --iterations 0 nothing is trained, so there is no iteration. Give 1 or more --iterations."));
        }

        if (iteration >= settings.Training.Iterations)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{option} {iteration}: {settings.Preset} trains {settings.Training.Iterations} iterations, 0 to "
                + $"{settings.Training.Iterations - 1}. Choose one of them, or more --iterations."));
        }
    }

    /// <summary>Trains up to the iteration, does it under the observer's eyes, and stops.</summary>
    /// <param name="settings">The run's.</param>
    /// <param name="image">[1, H, W, C], values 0…1.</param>
    /// <param name="iteration">Counted from 0.</param>
    /// <param name="observer">Told all that the iteration computes.</param>
    /// <param name="option">The option that asked for it, for the message.</param>
    /// <exception cref="UsageException">The training ended before.</exception>
    public static void Run(ZssrSettings settings, Tensor image, int iteration, IStepObserver observer, string option)
    {
        using var stop = new CancellationTokenSource();
        int last = 0;
        bool isDone = false;
        var hooks = new RunHooks
        {
            // A run hears of its cancellation after the iteration that has begun.
            Observer = (stage, current) =>
            {
                last = current;
                if (stage == 0 && current < iteration)
                    return null;
                stop.Cancel();
                isDone |= stage == 0;
                return stage == 0 ? observer : null;
            },
            Progress = new EndOfTraining(stop.Cancel),
        };
        try
        {
            using SuperResolutionResult result = new SuperResolver(settings).Run(image, hooks, cancellation: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As it was asked to.
        }

        if (!isDone)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{option} {iteration}: this training ended by itself after iteration {last}. Choose an earlier one."));
        }
    }

    /// <summary>Once the image is enlarged, the training is over.</summary>
    private sealed class EndOfTraining(Action stop) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Phase == RunPhase.Enlarging)
                stop();
        }
    }
}
