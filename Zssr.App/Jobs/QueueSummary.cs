namespace Zssr.App.Jobs;

/// <summary>What has become of many images.</summary>
/// <param name="Images">How many there were.</param>
/// <param name="Done">How many have been enlarged.</param>
/// <param name="Skipped">How many an earlier run had finished.</param>
/// <param name="Failed">The others.</param>
internal sealed record QueueSummary(int Images, int Done, int Skipped, IReadOnlyList<UpscaleJob> Failed);
