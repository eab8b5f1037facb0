namespace Zssr.App.Runs;

/// <summary>How runs are done, as far as their results do not depend on it.</summary>
/// <param name="Resume">Go on from checkpoints, and leave out what is finished.</param>
/// <param name="Force">Replace results that are there already.</param>
/// <param name="Verbose">Say more on the way.</param>
/// <param name="CheckpointInterval">How much time passes between two checkpoints.</param>
/// <param name="KeepsCheckpoint">Keep the last checkpoint in memory, too, for another device to go on from.</param>
internal sealed record RunnerOptions(bool Resume, bool Force, bool Verbose, TimeSpan CheckpointInterval, bool KeepsCheckpoint = false);
