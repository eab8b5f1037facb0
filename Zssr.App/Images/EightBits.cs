using Zssr.Nn;

namespace Zssr.App.Images;

/// <summary>How files hold values.</summary>
internal static class EightBits
{
    /// <summary>value · 255, rounded to the nearest whole number (halves up, as MATLAB rounds), clamped to 0 … 255.</summary>
    public static byte From(float value) => (byte)PixelLevels.Of(value);

    /// <summary>
    /// A file's values as whole numbers, which float32 holds exactly: multiples of 1/65535, as those of 8 and of 16 bits are, times 65535.
    /// </summary>
    public static double ToWhole(float value) => Math.Round(value * 65535.0);

    /// <summary>Back from <see cref="ToWhole"/>, clamped to 0…1.</summary>
    public static float FromWhole(double whole) => PixelLevels.ToUnit(whole / 257);
}
