using System.CommandLine;
using System.Globalization;

namespace Zssr.App.Commands;

/// <summary><c>--tile N</c>: how large the tiles are in which images are enlarged.</summary>
internal static class TileOption
{
    private const int Smallest = 16;
    private const int Largest = 65536;

    public static Option<int?> Create() => new("--tile")
    {
        HelpName = "N",
        Description = $"Enlarge large images in tiles of N x N pixels of the result, {Smallest} to {Largest}, for less memory or less work; "
            + "else the memory of the device decides. On cpu the result is the same.",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= Smallest and <= Largest)
                return side;
            result.AddError($"--tile takes a whole number from {Smallest} to {Largest}; '{text}' is none.");
            return null;
        },
    };
}
