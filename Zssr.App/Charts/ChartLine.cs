namespace Zssr.App.Charts;

/// <summary>A point of a curve: a training iteration and a value there.</summary>
internal readonly record struct CurvePoint(int Iteration, double Value);

/// <summary>A curve of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">From left to right.</param>
/// <param name="Color">As SVG writes it, such as <c>#2b7bba</c>.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<CurvePoint> Points, string Color)
{
    /// <summary>Colours that can be told apart, on light and on dark.</summary>
    private static readonly string[] Palette =
        ["#2b7bba", "#d9662b", "#3a9a58", "#b6487f", "#8a63c9", "#a98416", "#1f9a9a", "#8b8f94"];

    /// <summary>How thick it is, in pixels.</summary>
    public double Thickness { get; init; } = 1.5;

    /// <summary>Whether each point is a dot; a single one is in any case, for it has no line.</summary>
    public bool HasDots { get; init; }

    /// <summary>Whether its values are those of the right axis.</summary>
    public bool IsOnRight { get; init; }

    /// <summary>The colour of one of several curves that are alike, counted from 0.</summary>
    public static string ColorOf(int number) => Palette[number % Palette.Length];
}

/// <summary>A vertical line at an iteration, with words beside it.</summary>
/// <param name="Iteration">Where.</param>
/// <param name="Text">The words.</param>
internal sealed record ChartMark(int Iteration, string Text);
