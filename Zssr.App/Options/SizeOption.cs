using System.CommandLine;
using System.Globalization;

namespace Zssr.App.Options;

/// <summary>Options that take a size, height × width in pixels: <c>480x640</c>.</summary>
internal static class SizeOption
{
    /// <summary>Rows or columns of the largest image that can be asked for.</summary>
    public const int Largest = 65535;

    /// <summary>An option that takes a size; null where it is not given.</summary>
    public static Option<(int Height, int Width)?> Create(
        string name, string description, int smallest = 1, int largest = Largest) => new(name)
        {
            Description = description,
            HelpName = "HEIGHTxWIDTH",
            CustomParser = result =>
            {
                string[] parts = result.Tokens[0].Value.Split('x', 'X', '×');
                if (parts.Length == 2 && TryParse(parts[0], out int height) && TryParse(parts[1], out int width)
                    && Math.Min(height, width) >= smallest && Math.Max(height, width) <= largest)
                    return (height, width);
                result.AddError(
                    $"{name} takes height x width in pixels, {smallest} to {largest}, such as 480x640; "
                    + $"'{result.Tokens[0].Value}' is not one.");
                return null;
            },
        };

    private static bool TryParse(string text, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length);
}
