using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>What a run calls while it goes, always on the thread that runs it. All are optional.</summary>
public sealed record RunHooks
{
    /// <summary>Told every ten iterations, and after each copy that is enlarged.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Gets the state of the run, to be saved: now and then, at the end of each training, and when the run is cancelled.</summary>
    public Action<TrainingCheckpoint>? Checkpoint { get; init; }

    /// <summary>How much time passes between two checkpoints in the middle of training.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Shown every training pair before it is used.</summary>
    public Action<TrainingPair>? Pair { get; init; }

    /// <summary>
    /// Asked before each iteration for someone who wants to look inside it: given the stage and the iteration, both counted from 0; null for
    /// nobody.
    /// </summary>
    public Func<int, int, IStepObserver?>? Observer { get; init; }

    /// <summary>
    /// Asked before each enlargement for someone who wants to look inside it: given the stage, counted from 0; null for nobody.
    /// </summary>
    public Func<int, IEnlargementObserver?>? EnlargementObserver { get; init; }

    /// <summary>Told in a line what has gone otherwise than planned without harm: that tiles had to become smaller.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>
    /// Rows and columns of the tiles in which images are enlarged, 16 to 65536; null: by the memory that the device has. On <c>cpu</c> the
    /// result does not depend on it.
    /// </summary>
    public int? TileSide { get; init; }

    /// <summary>Shown the network's plain answer to the image now and then, values 0…1; it is freed afterwards.</summary>
    public Action<RunProgress, Tensor>? Preview { get; init; }

    /// <summary>Iterations from one preview to the next, 1 or more.</summary>
    public int PreviewEvery { get; init; } = 100;

    /// <exception cref="SettingsException">A number is outside its range.</exception>
    internal void Validate()
    {
        SettingsCheck.Range("preview every", PreviewEvery, 1, int.MaxValue);
        Zssr.Nn.TileSide.Checked(TileSide);
    }
}
