namespace Zssr.App.Runs;

/// <summary>How runs are done, as far as their results do not depend on it.</summary>
/// <param name="Resume">Go on from checkpoints, and leave out what is finished.</param>
/// <param name="Force">Replace results that are there already.</param>
/// <param name="Verbose">Say more on the way.</param>
/// <param name="CheckpointInterval">How much time passes between two checkpoints.</param>
/// <param name="TileSide">Rows and columns of the tiles in which images are enlarged, or null.</param>
internal sealed record RunnerOptions(bool Resume, bool Force, bool Verbose, TimeSpan CheckpointInterval, int? TileSide);
