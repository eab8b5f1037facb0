namespace Zssr.Autograd.Checking;

/// <summary>What is kept of all comparisons: counts, the worst ones, and where kinks are.</summary>
internal sealed class Findings
{
    private const int WorstKept = 10;

    private readonly List<GradCheckEntry> _worst = [];
    private readonly List<GradCheckKink> _kinks = [];
    private readonly Dictionary<string, int> _elements = [], _kinksOf = [];

    public int Compared { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Failures that are smaller than the rounding errors of the differences themselves.</summary>
    public int FailedWithinNoise { get; private set; }

    public ErrorHistogram Histogram { get; } = new();

    /// <summary>The worst entries, worst first.</summary>
    public IReadOnlyList<GradCheckEntry> Worst => _worst;

    public IReadOnlyList<GradCheckKink> Kinks => _kinks;

    /// <summary>Inputs of which something was found wrong.</summary>
    public HashSet<string> FailedInputs { get; } = [];

    /// <summary>The input with the largest share of elements left out as kinks, and that share.</summary>
    public (string Input, double Share) LargestKinkShare => _kinksOf.Count == 0
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
            FailedInputs.Add(input);
            if (GradCheckEntry.ErrorOf(numeric, analytic) <= noise)
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
}
