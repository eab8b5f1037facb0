namespace Zssr.App.Jobs;

/// <summary>One image to be enlarged.</summary>
/// <param name="Input">The image's file.</param>
/// <param name="Output">Where the result goes.</param>
/// <param name="RunFolder">Where the run leaves its records, or null.</param>
/// <param name="GroundTruth">The image that the result should be, or null.</param>
internal sealed record UpscaleJob(string Input, string Output, string? RunFolder, string? GroundTruth);
