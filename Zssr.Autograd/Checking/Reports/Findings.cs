namespace Zssr.Autograd.Checking;

/// <summary>What is kept of all comparisons: counts, the worst ones, and where kinks are.</summary>
internal sealed class Findings
{
    private const int WorstKept = 10, OutsideShown = 3;

    private readonly List<GradCheckEntry> _worst = [];
    private readonly List<GradCheckKink> _kinks = [];
    private readonly HashSet<string> _failedInputs = [], _comparedInputs = [], _seenInputs = [];
    private readonly HashSet<(string Input, int Element)> _places = [];
    private readonly List<string> _broken = [], _problems = [];
    private readonly Dictionary<string, int> _elements = [], _kinksOf = [];

    private int _outside;

    public int Compared { get; private set; }

    public int Failed { get; private set; }

    /// <summary>The names of inputs of which something was found wrong.</summary>
    public IReadOnlySet<string> FailedInputs => _failedInputs;

    /// <summary>Failures that are smaller than the rounding errors of the differences themselves.</summary>
    private int FailedWithinNoise { get; set; }

    public ErrorHistogram Histogram { get; } = new();

    /// <summary>The worst entries, worst first.</summary>
    public IReadOnlyList<GradCheckEntry> Worst => _worst;

    public IReadOnlyList<GradCheckKink> Kinks => _kinks;

    /// <summary>The input with the largest share of elements left out as kinks, and that share.</summary>
    private (string Input, double Share) LargestKinkShare => _kinksOf.Count == 0
        ? ("", 0) : _kinksOf.Select(pair => (pair.Key, (double)pair.Value / _elements[pair.Key])).MaxBy(pair => pair.Item2);

    /// <summary>Notes one comparison. The entry is only made where it is among the worst.</summary>
    public void Compare(string input, double numeric, double analytic, double tolerance, double noise, Func<GradCheckEntry> entry)
    {
        double severity = GradCheckEntry.SeverityOf(numeric, analytic, tolerance);
        Compared++;
        _comparedInputs.Add(input);
        Histogram.Add(severity);
        if (severity > 1)
        {
            Failed++;
            _failedInputs.Add(input);
            if (double.IsFinite(noise) && GradCheckEntry.ErrorOf(numeric, analytic) <= noise)
                FailedWithinNoise++;
        }

        if (_worst.Count == WorstKept && _worst[^1].InputIndex is not null && severity <= _worst[^1].Severity)
            return;
        GradCheckEntry made = entry();
        // A place says more than a direction, and is found where a direction has failed.
        int place = _worst.FindIndex(other => made.InputIndex is not null && other.InputIndex is null
            || other.Severity < severity && (made.InputIndex is null) == (other.InputIndex is null));
        _worst.Insert(place < 0 ? _worst.Count : place, made);
        if (_worst.Count > WorstKept)
            _worst.RemoveAt(WorstKept);
    }

    /// <summary>Notes that a derivative by an input stood out from rounding.</summary>
    public void MarkSeen(string input) => _seenInputs.Add(input);

    /// <summary>Whether one did.</summary>
    public bool IsSeen(string input) => _seenInputs.Contains(input);

    /// <summary>Whether any derivative by an input was compared.</summary>
    public bool WasCompared(string input) => _comparedInputs.Contains(input);

    /// <summary>Whether an element was left out.</summary>
    public bool IsKink(string input, int element) => _places.Contains((input, element));

    /// <summary>Notes what is wrong beside numbers.</summary>
    public void AddProblem(string problem) => _problems.Add(problem);

    /// <summary>Notes what a single function on the tape is to blame for.</summary>
    public void AddBroken(string problem) => _broken.Add(problem);

    /// <summary>Notes a gradient that does not stand for the derivative at a kink; the first few are problems of their own.</summary>
    public void AddOutside(GradCheckKink kink, double gradient, double low, double high)
    {
        if (++_outside <= OutsideShown)
        {
            string at = kink.Input + Elements.Text(kink.Index);
            _problems.Add(FormattableString.Invariant(
                $"at the kink {at} = {kink.Value:G6} the gradient is {gradient:G6}, which is not between the slopes beside it, ")
                + FormattableString.Invariant($"{low:G6} and {high:G6}"));
        }
    }

    /// <summary>Notes that an element was looked at.</summary>
    public void CountElement(string input) => _elements[input] = _elements.GetValueOrDefault(input) + 1;

    /// <summary>Notes that some derivative by an element was left out.</summary>
    public void AddKink(GradCheckKink kink, int element)
    {
        _kinks.Add(kink);
        _places.Add((kink.Input, element));
        _kinksOf[kink.Input] = _kinksOf.GetValueOrDefault(kink.Input) + 1;
    }

    /// <summary>All of it in a report, with the problems that follow from it.</summary>
    /// <param name="report">Has what was found before.</param>
    /// <param name="options">How large a share may lie at kinks.</param>
    public GradCheckReport AddTo(GradCheckReport report, GradCheckOptions options)
    {
        // A pass that differs was perhaps found before.
        IReadOnlyList<string> broken = report.Broken.Count > 0 ? [] : _broken;
        List<string> problems = [.. report.Problems, .. broken, .. _problems];
        (string input, double share) = LargestKinkShare;
        string? tooManyKinks = share <= options.LargestKinkShare ? null
            : $"{share:P0} of {input}'s elements lie at kinks of the function, where there is no derivative; "
                + $"{options.LargestKinkShare:P0} are allowed (LargestKinkShare). Choose inputs away from kinks";
        if (tooManyKinks is not null)
            problems.Add(tooManyKinks);

        if (FailedWithinNoise > 0)
        {
            problems.Add(
                $"{FailedWithinNoise} of the failures are smaller than the rounding errors of differences of outputs as large as "
                + "these: scale the function down, or choose a larger Epsilon");
        }

        return report with
        {
            Problems = problems,
            TooManyKinks = tooManyKinks,
            Broken = [.. report.Broken, .. broken],
            Compared = Compared,
            Failed = Failed,
            FailedWithinNoise = FailedWithinNoise,
            Worst = Worst,
            Histogram = Histogram,
            Kinks = Kinks,
        };
    }
}
