namespace Zssr.App.Images.Metadata;

/// <summary>What a file says about its picture, as far as a result can keep it.</summary>
internal sealed record ImageMetadata
{
    /// <summary>What the numbers look like.</summary>
    public IccProfile? Profile { get; init; }

    /// <summary>The block of EXIF.</summary>
    public byte[]? Exif { get; init; }

    /// <summary>How large pixels are.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>The chunks of a PNG file about its colours, each as it was: see <see cref="ColorChunk"/>.</summary>
    public IReadOnlyList<(string Type, byte[] Data)> ColorChunks { get; init; } = [];

    /// <summary>What the file had and could not be kept, in words.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>What was wrong with the file and was read all the same, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether there is nothing to keep and nothing to tell.</summary>
    public bool IsEmpty => this is { Profile: null, Exif: null, Resolution: null, ColorChunks: [], Lost: [], Notes: [] };

    /// <summary>Whether there is anything to keep.</summary>
    public bool HasContent => this is not { Profile: null, Exif: null, Resolution: null, ColorChunks: [] };

    /// <summary>What there is, in words.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            if (Profile is not null)
                yield return "the colour profile";
            foreach (string name in ColorChunks.Select(chunk => ColorChunk.NameOf(chunk.Type)).Distinct())
                yield return name;
            if (Exif is not null)
                yield return "EXIF data";
            if (Resolution is not null)
                yield return "the resolution";
        }
    }

    /// <summary>That of the picture turned as this says.</summary>
    public ImageMetadata Turned(ExifOrientation orientation)
    {
        ImageMetadata turned = Scaled(1, 1);
        return orientation.SwapsSides() ? turned with { Resolution = Resolution?.Swapped() } : turned;
    }

    /// <summary>That of the picture after a change of its size: printed, it is as large as before.</summary>
    /// <param name="vertical">Rows after for each before.</param>
    /// <param name="horizontal">Columns after for each before.</param>
    public ImageMetadata Scaled(double vertical, double horizontal)
    {
        byte[]? exif = Exif is null ? null : ExifBlock.Adapted(Exif, vertical, horizontal);
        return this with
        {
            Exif = exif,
            Resolution = Resolution?.Scaled(vertical, horizontal),
            Lost = Exif is not null && exif is null ? [.. Lost, "damaged EXIF data"] : Lost,
        };
    }
}
