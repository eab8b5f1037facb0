using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Commands;

/// <summary>Scales on the command line: <c>2</c>, <c>1.5</c>, <c>2x3</c> (vertical × horizontal), or a list of them.</summary>
internal static class ScaleArgument
{
    /// <exception cref="FormatException">It is none of these.</exception>
    public static Scale Parse(string text)
    {
        string[] sides = text.Split('x', 'X', '×');
        try
        {
            if (sides.Length == 1)
                return new Scale(SettingText.Number(sides[0]));
            if (sides.Length == 2)
                return new Scale(SettingText.Number(sides[0]), SettingText.Number(sides[1]));
        }
        catch (FormatException)
        {
        }

        throw new FormatException("a scale is wanted, such as 2, 1.5, or 2x3 (vertical x horizontal).");
    }

    /// <exception cref="FormatException">One of the list is no scale.</exception>
    public static IReadOnlyList<Scale> ParseList(string text) => [.. text.Split(',').Select(Parse)];
}
