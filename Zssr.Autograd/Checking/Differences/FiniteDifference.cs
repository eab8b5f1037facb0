namespace Zssr.Autograd.Checking;

/// <summary>
/// Central differences along one line, (f(ε) − f(−ε)) / 2ε, where f(t) are the quantities observed at distance t along it; and whether f
/// has a kink or a step there, so that its derivative is not defined.
/// </summary>
/// <remarks>
/// The slopes on the two sides, (f(ε) − f(0)) / ε and (f(0) − f(−ε)) / ε, differ by D(ε). Where f is smooth, D(ε) ≈ ε f″: it is tiny,
/// and shrinks with ε. A kink at 0 leaves D as it is for any ε; one between 0 and ε makes it fall faster than in proportion, as it is
/// soon left outside; a step makes it grow. So where D is not tiny, D(ε/2) and D(ε/4) tell a curve from a kink.
/// D does not see what is the same from both sides: a step with f(0) halfway, or kinks at −c and c. They change the central slope S(ε):
/// a step doubles it as ε halves, and kinks change it until they are left outside. Where f is smooth, S(ε) − S(ε/2) ≈ ε² f‴ / 8, and
/// S(ε/2) − S(ε/4) is a quarter of that. This is only looked at where a comparison fails.
/// </remarks>
internal sealed class FiniteDifference
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    // Rounding errors of the few numbers that a difference of slopes is made of, and of the function's own arithmetic.
    private const double RoundingFactor = 16;

    // By how large a share of D(ε) the proportional D(ε/2) and D(ε/4) may be missed: for a kink at c, one of them is off by 0.19 at least.
    private const double ProportionSlack = 0.1;

    // By how much S(ε/2) − S(ε/4) may miss a quarter of S(ε) − S(ε/2) in a smooth function, as a share of the latter.
    private const double QuarterSlack = 0.2;

    private readonly Steps _steps;
    private readonly double[] _middle;
    private readonly double[] _central;
    private readonly bool[] _isKink;
    private readonly double[] _noise;
    private readonly Func<double, double, double> _allowed;

    private FiniteDifference(
        Steps steps, double[] middle, double[] central, bool[] isKink, double[] noise, Func<double, double, double> allowed) =>
        (_steps, _middle, _central, _isKink, _noise, _allowed) = (steps, middle, central, isKink, noise, allowed);

    /// <summary>The derivative of quantity j along the line.</summary>
    public double Slope(int j) => _central[j];

    /// <summary>Compares quantity j's derivative with a gradient.</summary>
    /// <param name="j">Which quantity.</param>
    /// <param name="gradient">Its derivative along the line by the backward pass.</param>
    /// <param name="size">How large derivatives are around it, at most 1: the absolute tolerance is as much smaller.</param>
    public Verdict Judge(int j, double gradient, double size)
    {
        double slope = _central[j], allowed = _allowed(slope, 1);
        if (IsKinkFor(j, gradient))
        {
            (double low, double high) = KinkSlopes.Beside(_steps, _middle, j, _noise[j], _allowed);
            double nearest = Math.Clamp(gradient, low, high);
            double slack = KinkSlopes.Slack(low, high, _noise[j], _allowed);
            return Math.Abs(gradient - nearest) <= slack
                ? new Verdict(nearest, allowed) { IsKink = true } : new Verdict(nearest, slack) { SlopesBeside = (low, high) };
        }

        double error = GradCheckEntry.ErrorOf(slope, gradient), strict = _allowed(slope, size);
        bool isTooFar = error > strict && error <= allowed && error > _noise[j];
        return new Verdict(slope, isTooFar && Confirmation.IsSure(_steps, _middle, j, slope, gradient) ? strict : allowed);
    }

    /// <summary>
    /// Whether quantity j has a kink there, or a step or kinks that are the same from both sides and explain why a gradient is another
    /// than the slope. It costs four evaluations, once, and only where the two are too far apart.
    /// </summary>
    public bool IsKinkFor(int j, double gradient)
    {
        double allowed = _allowed(_central[j], 1);
        if (_isKink[j] || !(GradCheckEntry.SeverityOf(_central[j], gradient, allowed) > 1))
            return _isKink[j];
        double half = _steps.Of(1.0 / 2).Central(j), quarter = _steps.Of(1.0 / 4).Central(j);
        double first = _central[j] - half, second = half - quarter;
        double change = Math.Max(Math.Abs(first), Math.Max(Math.Abs(second), Math.Abs(first + second)));
        bool isSmooth = change <= allowed + 6 * _noise[j]
            || Math.Abs(second - first / 4) <= QuarterSlack * Math.Abs(first) + 7 * _noise[j];
        // A change that is small beside the error does not excuse it.
        return !isSmooth && Math.Abs(gradient - _central[j]) <= 2 * change;
    }

    /// <summary>Whether the slope stands out from the rounding errors of the differences.</summary>
    public bool IsSeen(int j) => Math.Abs(_central[j]) > 4 * _noise[j];

    /// <summary>How uncertain the slope is because numbers are rounded.</summary>
    public double Noise(int j) => _noise[j];

    /// <summary>The differences by one element of an input.</summary>
    /// <param name="function">The function.</param>
    /// <param name="number">Which input.</param>
    /// <param name="element">Which of its elements, in the flat order.</param>
    /// <param name="centre">The outputs at the inputs as they are.</param>
    /// <param name="observation">What is looked at of the outputs.</param>
    public static FiniteDifference By(CheckedFunction function, int number, int element, double[] centre, Observation observation)
    {
        CheckedInput input = function.Inputs[number];
        double[] values = [.. input.Values];
        return Along(
            distance =>
            {
                values[element] = input.Values[element] + distance;
                return (function.Evaluate(number, values), values[element] - input.Values[element]);
            },
            centre, observation, input.Epsilon, input.Allowed);
    }

    /// <summary>The differences along a line.</summary>
    /// <param name="at">The outputs at distance t, and the distance that was really moved, which rounding makes a little different.</param>
    /// <param name="centre">The outputs at 0.</param>
    /// <param name="observation">What is looked at of the outputs.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="allowed">How far apart a slope and its check may be, from the slope and a size; slopes of two sides too.</param>
    public static FiniteDifference Along(
        Func<double, (double[] Outputs, double Distance)> at, double[] centre, Observation observation, double epsilon,
        Func<double, double, double> allowed)
    {
        double[] middle = observation.Of(centre), magnitudes = observation.Magnitudes(centre);
        var steps = new Steps(at, observation, epsilon);
        Sides full = steps.Of(1);
        var central = new double[observation.Count];
        var isKink = new bool[observation.Count];
        var noise = new double[observation.Count];
        for (int j = 0; j < central.Length; j++)
        {
            central[j] = full.Central(j);
            noise[j] = RoundingFactor * UnitRoundoff * magnitudes[j] / epsilon;
            double bend = full.Bend(middle, j);
            if (bend <= allowed(central[j], 1) + noise[j] || !double.IsFinite(bend))
                continue;
            isKink[j] = Math.Abs(steps.Of(1.0 / 2).Bend(middle, j) - bend / 2) > ProportionSlack * bend + 2 * noise[j]
                || Math.Abs(steps.Of(1.0 / 4).Bend(middle, j) - bend / 4) > ProportionSlack * bend + 4 * noise[j];
        }

        return new FiniteDifference(steps, middle, central, isKink, noise, allowed);
    }
}
