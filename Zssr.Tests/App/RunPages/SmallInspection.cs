using Zssr.App.Images;
using Zssr.App.InspectedRuns;
using Zssr.Nn;
using Zssr.Tests.Nn;

namespace Zssr.Tests.App.RunPages;

/// <summary>A run with a small network, looked into.</summary>
internal static class SmallInspection
{
    public const int Iterations = 12;

    public static Picture Image { get; } = new(20, 24, 3, [.. Nn.PlainImages.Drawing(20, 24).Pixels.Select(x => (float)x)]);

    public static ZssrSettings Settings(ZssrSettings preset) =>
        SmallRuns.Small(preset, Iterations) with { Scales = [new(2)], Passes = 1, Network = preset.Network with { Depth = 3, Width = 8 } };

    /// <summary>Looks into a run with a preset.</summary>
    public static InspectedRun Of(ZssrSettings preset, string? groundTruth = null) =>
        new RunInspector(SmallRuns.Cpu, Settings(preset)).Run("drawing.png", Image, groundTruth);
}
