namespace Zssr.App.Images;

/// <summary>How files hold values.</summary>
internal static class EightBits
{
    /// <summary>value · 255, rounded to the nearest whole number (halves away from 0, as MATLAB rounds), clamped to 0 … 255.</summary>
    public static byte From(float value) => (byte)Math.Round(Math.Clamp(value, 0f, 1f) * 255.0, MidpointRounding.AwayFromZero);
}
