namespace Zssr.Autograd.Checking;

/// <summary>The quantities at several distances along a line, each of which is computed only where it is asked for.</summary>
/// <param name="at">The outputs at distance t, and the distance that was really moved, which rounding makes a little different.</param>
/// <param name="observation">What is looked at of the outputs.</param>
/// <param name="epsilon">ε.</param>
internal sealed class Steps(Func<double, (double[] Outputs, double Distance)> at, Observation observation, double epsilon)
{
    private readonly Dictionary<double, Sides> _sides = [];

    /// <summary>The quantities at ± a multiple of ε.</summary>
    public Sides Of(double factor)
    {
        if (_sides.TryGetValue(factor, out Sides? sides))
            return sides;
        (double[] above, double distanceAbove) = at(factor * epsilon);
        (double[] below, double distanceBelow) = at(-factor * epsilon);
        return _sides[factor] = new Sides(observation.Of(above), observation.Of(below), distanceAbove, -distanceBelow);
    }
}

/// <summary>The quantities on both sides at one distance.</summary>
internal sealed record Sides(double[] Above, double[] Below, double DistanceAbove, double DistanceBelow)
{
    /// <summary>Whether both sides were moved at all: a step may be too small beside the number.</summary>
    public bool IsMoved => DistanceAbove > 0 && DistanceBelow > 0;

    /// <summary>S: the central slope.</summary>
    public double Central(int j) => (Above[j] - Below[j]) / (DistanceAbove + DistanceBelow);

    /// <summary>The slope of the side below 0.</summary>
    public double Left(double[] middle, int j) => (middle[j] - Below[j]) / DistanceBelow;

    /// <summary>The slope of the side above 0.</summary>
    public double Right(double[] middle, int j) => (Above[j] - middle[j]) / DistanceAbove;

    /// <summary>D: how much the slopes of the two sides differ.</summary>
    public double Bend(double[] middle, int j) => Math.Abs(Right(middle, j) - Left(middle, j));
}

/// <summary>What a derivative is compared with.</summary>
/// <param name="Numeric">The derivative by differences; at a kink, the slope that is nearest to the gradient.</param>
/// <param name="Allowed">How far the gradient may be from it.</param>
internal readonly record struct Verdict(double Numeric, double Allowed)
{
    /// <summary>Whether it is to be left out: there is no derivative, and the gradient is one of those that may stand for it.</summary>
    public bool IsKink { get; init; }

    /// <summary>At a kink, the least and the largest slope beside it, where the gradient does not lie between them.</summary>
    public (double Low, double High)? SlopesBeside { get; init; }
}
