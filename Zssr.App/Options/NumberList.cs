using System.Globalization;
using System.Numerics;
using Zssr.App.Errors;

namespace Zssr.App.Options;

/// <summary>Whole numbers on the command line with commas between: <c>1,2,3</c>.</summary>
internal static class NumberList
{
    /// <summary>Reads one number or more; one that is given twice counts once.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="text">What the user wrote.</param>
    /// <param name="smallest">The smallest number that is allowed.</param>
    /// <param name="largest">The largest.</param>
    /// <exception cref="UsageException">A part is no such number.</exception>
    public static IReadOnlyList<T> Parse<T>(string option, string text, T smallest, T largest)
        where T : struct, IBinaryInteger<T> =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
            T.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out T number) && number >= smallest && number <= largest
                ? number
                : throw new UsageException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{option} takes whole numbers from {smallest} to {largest} separated by commas; '{part}' is not one."))).Distinct(),
    ];
}
