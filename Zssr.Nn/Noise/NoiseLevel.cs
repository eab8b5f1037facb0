namespace Zssr.Nn;

/// <summary>The noise of a channel: its standard deviation is <c>Constant + Slope · x</c> where the picture without it has the value x.</summary>
/// <param name="Constant">In black, with values 0…1.</param>
/// <param name="Slope">How much more it is in white; not 0 where light itself makes the noise.</param>
public readonly record struct NoiseLevel(double Constant, double Slope = 0)
{
    /// <summary>The standard deviation at a value 0…1; never below 0.</summary>
    public double At(double value) => Math.Max(Constant + Slope * value, 0);
}
