namespace Zssr.Nn;

/// <summary>Values 0…1 as files hold them: whole numbers from 0 to 255, or to 65535.</summary>
/// <remarks>
/// MATLAB rounds halves up, and so a mean of 128 and 129 is 129. But float32 does not hold 128.5/255: the nearest number to it lies below,
/// times 255 it is 128.499997, and would go down; so would most halves from 128 up. Here a value is compared with the float32 that is
/// nearest to the half, so that a half that was rounded to float32 still goes up.
/// </remarks>
public static class PixelLevels
{
    private const int Finest = 65535;

    /// <summary>
    /// value · most, rounded to the nearest whole number, halves up: the largest k of 0 … most for which value ≥ (k − ½)/most, the right
    /// side rounded to float32. Values outside 0…1 are clamped, NaN is 0.
    /// </summary>
    /// <param name="value">0…1.</param>
    /// <param name="most">White: 255, or 65535.</param>
    public static int Of(float value, int most = 255)
    {
        if (!(value > 0))
            return 0;
        value = Math.Min(value, 1);
        int level = (int)(value * (double)most + 0.5);
        return level < most && value >= (float)((level + 0.5) / most) ? level + 1 : level;
    }

    /// <summary>
    /// level / 255, clamped to 0…1, as a float32 that <see cref="Of"/> rounds as the level itself would be rounded, with 8 and with 16
    /// bits: what lies just below a half does not become it.
    /// </summary>
    /// <param name="level">0…255, with fractions.</param>
    public static float ToUnit(double level)
    {
        level = Math.Clamp(level, 0, 255);
        float unit = (float)(level / 255);
        // Where 8 bits have a half, so have 16.
        return Of(unit, Finest) > Math.Round(level * (Finest / 255), MidpointRounding.AwayFromZero) ? MathF.BitDecrement(unit) : unit;
    }
}
