namespace Zssr.App.Images;

/// <summary>How files of 16 bits a sample hold values.</summary>
internal static class SixteenBits
{
    /// <summary>value · 65535, rounded to the nearest whole number (halves away from 0), clamped to 0 … 65535.</summary>
    public static ushort From(float value) => (ushort)Math.Round(Math.Clamp(value, 0f, 1f) * 65535.0, MidpointRounding.AwayFromZero);
}
