namespace Zssr.Autograd.Checking;

/// <summary>What a gradient check found. <see cref="ToString"/> is for people, <see cref="ToJson"/> for programs.</summary>
public sealed record GradCheckReport
{
    /// <summary>Whether the gradients are right: no problem, every comparison within its tolerance, and not too many kinks.</summary>
    public bool Passed => Problems.Count == 0 && Failed == 0 && Compared > 0;

    /// <summary>1: gradients were compared. 2: they were right, and gradients of gradients were compared. 3: and so on.</summary>
    public int Order { get; init; } = 1;

    /// <summary>
    /// What was compared in the end: the full mode, where another one had to find a place. Says nothing with a float64 twin.
    /// </summary>
    public GradCheckMode Mode { get; init; }

    /// <summary>What the backward pass was compared with.</summary>
    public GradCheckReference Reference { get; init; }

    /// <summary>What is wrong beside single numbers, such as an input without a gradient, or results that change from run to run.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>How many derivatives were compared.</summary>
    public int Compared { get; init; }

    /// <summary>How many were too far apart.</summary>
    public int Failed { get; init; }

    /// <summary>Those of the problems that a single function on the tape is to blame for.</summary>
    internal IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>The problem that too much was left out at kinks, if it is one: what else is wrong may explain it.</summary>
    internal string? TooManyKinks { get; init; }

    /// <summary>How many of those may be due to rounding in the differences.</summary>
    internal int FailedWithinNoise { get; init; }

    /// <summary>The ten worst comparisons in terms of their tolerance, worst first, also where they are right.</summary>
    public IReadOnlyList<GradCheckEntry> Worst { get; init; } = [];

    /// <summary>How well comparisons came out.</summary>
    public ErrorHistogram Histogram { get; init; } = new();

    /// <summary>Elements of inputs at which some derivative was left out, as it does not exist.</summary>
    public IReadOnlyList<GradCheckKink> Kinks { get; init; } = [];

    /// <summary>What may be the cause, best guess first; empty where nothing is wrong or nothing is known.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>The verdict, and, where something is wrong, all that helps to find it.</summary>
    public override string ToString() => ReportText.Of(this);

    /// <summary>All of it as one line of JSON, with the name of what was checked if one is given.</summary>
    public string ToJson(string? name = null) => ReportJson.Of(this, name);
}
