using System.Globalization;

namespace Zssr.App.Charts;

/// <summary>One axis of a chart: the values that it spans, where each of them lies, and the round numbers to write beside it.</summary>
internal sealed class ChartAxis
{
    private const int FewestTicks = 3;

    /// <summary>A tick at the very end is one, though its number be rounded.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Numbers below it are taken for 0: their steps would be too small for a number.</summary>
    private const double Smallest = 1e-290;

    private static readonly double[] Factors = [1, 2, 5, 10];

    private readonly bool _isLogarithmic;
    private readonly double _least;
    private readonly double _span;

    private ChartAxis(bool isLogarithmic, double least, double largest) =>
        (_isLogarithmic, _least, _span) = (isLogarithmic, least, largest - least);

    /// <summary>The axis of some values; without any it goes from 0 to 1 (logarithmic: from 1 to 10).</summary>
    /// <param name="values">Finite; above 0 where the axis is logarithmic.</param>
    /// <param name="isLogarithmic">Whether equal ratios are equally far.</param>
    /// <param name="roomBelow">How much is left free below the least value, as a share of the span of all.</param>
    /// <param name="roomAbove">Likewise above the largest.</param>
    public static ChartAxis Of(IEnumerable<double> values, bool isLogarithmic = false, double roomBelow = 0.05, double roomAbove = 0.05)
    {
        double[] scaled = [.. values.Select(value => isLogarithmic ? Math.Log10(value) : value)];
        if (scaled.Length == 0)
            return new ChartAxis(isLogarithmic, 0, 1);
        (double least, double largest) = (scaled.Min(), scaled.Max());
        double size = isLogarithmic ? 1 : Math.Max(Math.Abs(least), Math.Abs(largest));
        if (largest - least <= Math.Max(Rounding * size, Smallest))
        {
            double room = isLogarithmic || size <= Smallest ? 1 : size / 10;
            (least, largest) = (least - room, largest + room);
        }

        double span = largest - least;
        return new ChartAxis(isLogarithmic, least - (roomBelow * span), largest + (roomAbove * span));
    }

    /// <summary>Where a value lies: 0 at the lower or left end, 1 at the other.</summary>
    public double Part(double value) => ((_isLogarithmic ? Math.Log10(value) : value) - _least) / _span;

    /// <summary>Round numbers on the axis, in rising order.</summary>
    /// <param name="atMost">How many steps there is room for.</param>
    /// <param name="finest">The least step from one to the next, where the axis is not logarithmic.</param>
    public IReadOnlyList<double> Ticks(int atMost, double finest = 0) => _isLogarithmic
        ? LogarithmicTicks(atMost) ?? LinearTicks(Math.Pow(10, _least), Math.Pow(10, _least + _span), atMost, finest)
        : LinearTicks(_least, _least + _span, atMost, finest);

    /// <summary>A number in a few letters, such as <c>0.025</c>, <c>1200</c> or <c>1e-5</c>.</summary>
    public static string Label(double value) => value.ToString(
        value == 0 || Math.Abs(value) is >= 0.0001 and < 100_000 ? "G4" : "0.##e-0", CultureInfo.InvariantCulture);

    /// <summary>Multiples of 1, 2 or 5 times a power of ten: the smallest of these steps that there is room for.</summary>
    private static List<double> LinearTicks(double least, double largest, int atMost, double finest)
    {
        double wanted = Math.Max((largest - least) / atMost, finest), power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        double step = Array.Find(Factors, factor => factor * power >= wanted * (1 - Rounding)) * power;
        var ticks = new List<double>();
        for (double i = Math.Ceiling((least / step) - Rounding); i <= (largest / step) + Rounding; i++)
            ticks.Add((i * step) + 0.0); // no −0
        return ticks;
    }

    /// <summary>As many of the digits 1 to 9 of each power of ten as there is room for; null where they are too few to read by.</summary>
    private List<double>? LogarithmicTicks(int atMost)
    {
        double[][] digits = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1]];
        (int first, int last) = ((int)Math.Floor(_least), (int)Math.Ceiling(_least + _span));
        for (int i = 0, every = 1; ; i++, every = Math.Max(1, i - digits.Length + 2))
        {
            List<double> ticks =
            [
                .. Enumerable.Range(first, last - first + 1).Where(power => power % every == 0)
                    .SelectMany(power => digits[Math.Min(i, digits.Length - 1)].Select(digit => digit * Math.Pow(10, power)))
                    .Where(tick => Part(tick) is >= 0 and <= 1),
            ];
            if (ticks.Count <= atMost)
                return ticks.Count >= FewestTicks ? ticks : null;
        }
    }
}
