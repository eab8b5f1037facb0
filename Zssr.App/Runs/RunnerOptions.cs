namespace Zssr.App.Runs;

/// <summary>How runs are done, as far as their results do not depend on it.</summary>
/// <param name="Resume">Go on from checkpoints, and leave out what is finished.</param>
/// <param name="Verbose">Say more on the way.</param>
internal sealed record RunnerOptions(bool Resume, bool Verbose);
