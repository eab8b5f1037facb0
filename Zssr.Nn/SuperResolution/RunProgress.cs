namespace Zssr.Nn;

/// <summary>What a run is doing.</summary>
public enum RunPhase
{
    /// <summary>The network is trained.</summary>
    Training,

    /// <summary>The image is enlarged.</summary>
    Enlarging,
}

/// <summary>How far a run has come.</summary>
/// <param name="Stage">Which stage, counted from 0.</param>
/// <param name="Stages">All stages of the run.</param>
/// <param name="Phase">What is being done.</param>
/// <param name="Done">Iterations trained, or copies enlarged; large images are enlarged in tiles, each with copies of its own.</param>
/// <param name="Total">Of how many at most.</param>
/// <param name="EpochLength">How many iterations make an epoch.</param>
/// <param name="History">What has happened in this stage's training; it goes on changing.</param>
public sealed record RunProgress(
    int Stage, IReadOnlyList<ScaleStage> Stages, RunPhase Phase, int Done, int Total, int EpochLength, TrainingHistory History);
