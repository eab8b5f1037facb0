using System.Numerics;

namespace Zssr.App.Drawing;

/// <summary>Colours as vectors of red, green and blue, each 0…1.</summary>
internal static class Rgb
{
    public static readonly Vector3 White = Vector3.One;

    /// <summary>A colour as it is written on the web: 0xRRGGBB.</summary>
    public static Vector3 Hex(int code) => new Vector3((code >> 16) & 0xFF, (code >> 8) & 0xFF, code & 0xFF) / 255;

    /// <summary>One colour below, another above, and between two heights a smooth passage.</summary>
    public static Paint Gradient(float top, Vector3 topColor, float bottom, Vector3 bottomColor) =>
        point => Vector3.Lerp(topColor, bottomColor, Math.Clamp((point.Y - top) / (bottom - top), 0, 1));

    /// <summary>A ball in the light from the upper left.</summary>
    public static Paint Ball(Vector2 center, float radius, Vector3 light, Vector3 dark)
    {
        Vector2 brightest = center - new Vector2(radius * 0.4f);
        return point => Vector3.Lerp(light, dark, Math.Clamp(Vector2.Distance(point, brightest) / (1.5f * radius), 0, 1));
    }
}
