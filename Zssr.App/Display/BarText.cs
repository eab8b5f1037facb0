using System.Globalization;

namespace Zssr.App.Display;

/// <summary>
/// A bar of progress with words beside and below it, as wide as the terminal at most: a line that wraps would tear the display apart.
/// </summary>
/// <param name="Name">What is being done; shortened in the middle where there is no room.</param>
/// <param name="Position">How far it has come.</param>
/// <param name="Figures">How it goes, for a line of its own; empty where there is nothing to say.</param>
internal readonly record struct BarText(string Name, string Position, string Figures)
{
    private const int LongestBar = 24;
    private const int SmallestName = 8;

    /// <summary>Cells of the bar in a terminal of so many columns.</summary>
    public static int BarWidth(int columns) => Math.Clamp(columns / 7, 4, LongestBar);

    /// <summary>What stands to the right of the bar: percentage, name and position.</summary>
    public string Beside(int columns, double share)
    {
        string percentage = string.Create(CultureInfo.InvariantCulture, $" {Math.Floor(100 * share),3}%  ");
        int room = Room(columns) - percentage.Length;
        if (Name.Length == 0 || Position.Length == 0)
            return percentage + End(Name + Position, room);
        string name = Middle(Name, Math.Max(room - Position.Length - 2, SmallestName));
        return percentage + End($"{name}: {Position}", room);
    }

    /// <summary>What stands below, indented by the bar where there is room for that; empty where there is nothing to say.</summary>
    public string Below(int columns)
    {
        int indent = Math.Clamp(columns - 1 - Figures.Length, 0, BarWidth(columns) + 7);
        return Figures.Length == 0 ? "" : new string(' ', indent) + End(Figures, columns - 1 - indent);
    }

    /// <summary>The last column stays free: some terminals wrap as soon as it is filled.</summary>
    private static int Room(int columns) => Math.Max(columns - 1 - BarWidth(columns), 10);

    private static string End(string text, int room) =>
        text.Length <= room ? text : string.Concat(text.AsSpan(0, Math.Max(room - 1, 0)), "…");

    private static string Middle(string text, int room)
    {
        if (text.Length <= room)
            return text;
        int end = (room - 1) / 2;
        return string.Concat(text.AsSpan(0, room - 1 - end), "…", text.AsSpan(text.Length - end));
    }
}
