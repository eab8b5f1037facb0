using Zssr.App.Images;

namespace Zssr.App.Runs;

/// <summary>How runs are done, as far as their results do not depend on it.</summary>
internal sealed record RunnerOptions
{
    /// <summary>Go on from checkpoints, and leave out what is finished.</summary>
    public bool Resume { get; init; }

    /// <summary>Replace results that are there already.</summary>
    public bool Force { get; init; }

    /// <summary>Files of the user's, which stay where a run is replaced: all that the command reads or writes.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>Say more on the way.</summary>
    public bool Verbose { get; init; }

    /// <summary>How much time passes between two checkpoints.</summary>
    public required TimeSpan CheckpointInterval { get; init; }

    /// <summary>The most pixels of an image that is read.</summary>
    public long MaxPixels { get; init; } = PixelLimit.Default;

    /// <summary>How results become files.</summary>
    public WritingOptions Writing { get; init; } = new();

    /// <summary>Rows and columns of the tiles in which images are enlarged, or null.</summary>
    public int? TileSide { get; init; }

    /// <summary>Name the preset for photographs where a picture is one.</summary>
    public bool SuggestsPhoto { get; init; }

    /// <summary>Keep the last checkpoint in memory, too, for another device to go on from.</summary>
    public bool KeepsCheckpoint { get; init; }
}
