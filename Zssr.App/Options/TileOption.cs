using System.CommandLine;
using Zssr.Nn;

namespace Zssr.App.Options;

/// <summary><c>--tile N</c>: how large the tiles are in which images are enlarged.</summary>
internal static class TileOption
{
    public static Option<int?> Create() => NumberOption.CreateOptional(
        "--tile",
        $"Enlarge large images in tiles of so many rows and columns of the result, {Enlarger.SmallestTile} to {Enlarger.LargestTile}, for "
        + "less memory or less work; by default the memory of the device decides. On cpu the result is the same.",
        Enlarger.SmallestTile, Enlarger.LargestTile);
}
