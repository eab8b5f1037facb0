namespace Zssr.Autograd.Checking;

/// <summary>What is kept of all comparisons: counts, the worst ones, and where kinks are.</summary>
internal sealed class Findings
{
    private const int WorstKept = 10;

    private readonly List<GradCheckEntry> _worst = [];
    private readonly List<GradCheckKink> _kinks = [];
    private readonly HashSet<string> _failedInputs = [];
    private readonly Dictionary<string, int> _elements = [], _kinksOf = [];

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
        Histogram.Add(severity);
        if (severity > 1)
        {
            Failed++;
            _failedInputs.Add(input);
            if (double.IsFinite(noise) && GradCheckEntry.ErrorOf(numeric, analytic) <= noise)
                FailedWithinNoise++;
        }

        if (_worst.Count == WorstKept && severity <= _worst[^1].Severity)
            return;
        int place = _worst.FindIndex(other => other.Severity < severity);
        _worst.Insert(place < 0 ? _worst.Count : place, entry());
        if (_worst.Count > WorstKept)
            _worst.RemoveAt(WorstKept);
    }

    /// <summary>Notes that an element was looked at.</summary>
    public void CountElement(string input) => _elements[input] = _elements.GetValueOrDefault(input) + 1;

    /// <summary>Notes that some derivative by an element was left out.</summary>
    public void AddKink(GradCheckKink kink)
    {
        _kinks.Add(kink);
        _kinksOf[kink.Input] = _kinksOf.GetValueOrDefault(kink.Input) + 1;
    }

    /// <summary>All of it in a report, with the problems that follow from it.</summary>
    /// <param name="report">Has what was found before.</param>
    /// <param name="options">How large a share may lie at kinks.</param>
    public GradCheckReport AddTo(GradCheckReport report, GradCheckOptions options)
    {
        List<string> problems = [.. report.Problems];
        (string input, double share) = LargestKinkShare;
        if (share > options.LargestKinkShare)
        {
            problems.Add(
                $"{share:P0} of {input}'s elements lie at kinks of the function, where there is no derivative; "
                + $"{options.LargestKinkShare:P0} are allowed (LargestKinkShare). Choose inputs away from kinks");
        }

        if (FailedWithinNoise > 0)
        {
            problems.Add(
                $"{FailedWithinNoise} of the failures are smaller than the rounding errors of differences of outputs as large as "
                + "these: scale the function down, or choose a larger Epsilon");
        }

        return report with
        {
            Problems = problems,
            Compared = Compared,
            Failed = Failed,
            FailedWithinNoise = FailedWithinNoise,
            Worst = Worst,
            Histogram = Histogram,
            Kinks = Kinks,
        };
    }
}
