using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.App.Samples;

/// <summary>A hot-air balloon: curved edges, soft shading and thin ropes.</summary>
internal static class Balloon
{
    private const int Gores = 12;

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="top">The middle of the envelope's upper edge.</param>
    /// <param name="radius">Half the envelope's width.</param>
    public static void Draw(Canvas canvas, Vector2 top, float radius)
    {
        Vector2 center = top + new Vector2(0, radius);
        Vector2 mouth = center + new Vector2(0, 1.42f * radius);
        Vector2 basket = center + new Vector2(0, 1.95f * radius);
        foreach (float side in new[] { -0.2f, -0.07f, 0.07f, 0.2f })
        {
            Vector2 aside = new(side * radius, 0);
            canvas.Fill(Outlines.Stroke(mouth + aside, basket + (0.7f * aside), 0.022f * radius), Rgb.Hex(0x5A4636));
        }

        canvas.Fill(Outline(center, radius), Envelope(center, radius));
        canvas.Fill(
            Outlines.Rectangle(basket.X - (0.17f * radius), basket.Y, basket.X + (0.17f * radius), basket.Y + (0.24f * radius)),
            Textures.Stripes(new Vector2(0, 0.055f * radius), Rgb.Hex(0x9A6B3F), Rgb.Hex(0x6F4A2A)));
    }

    private static Vector2[] Outline(Vector2 center, float radius)
    {
        const int Steps = 64;
        var corners = new Vector2[2 * (Steps + 1)];
        for (int i = 0; i <= Steps; i++)
        {
            float y = -1 + (2.42f * i / Steps);
            Vector2 half = new(HalfWidth(y), 0);
            Vector2 middle = new(0, y);
            corners[i] = center + (radius * (middle + half));
            corners[^(i + 1)] = center + (radius * (middle - half));
        }

        return corners;
    }

    /// <summary>A half circle above; below, a curve that narrows to a fifth. All in radii.</summary>
    private static float HalfWidth(float y) => y < 0
        ? MathF.Sqrt(MathF.Max(0, 1 - (y * y)))
        : 0.2f + (0.8f * MathF.Cos(MathF.Min(y / 1.42f, 1) * MathF.PI / 2));

    private static Paint Envelope(Vector2 center, float radius)
    {
        Vector3 red = Rgb.Hex(0xD8503F), cream = Rgb.Hex(0xF7E7C6), shade = Rgb.Hex(0x4A2B45);
        return point =>
        {
            Vector2 place = (point - center) / radius;
            float across = Math.Clamp(place.X / MathF.Max(HalfWidth(place.Y), 1e-4f), -1, 1);
            // Gores are equally wide on the round envelope, so they look narrower towards its sides.
            int gore = (int)MathF.Floor(((MathF.Asin(across) / MathF.PI) + 0.5f) * Gores);
            float dark = Math.Clamp((0.25f * across) + (0.18f * place.Y) + 0.12f, 0, 0.5f);
            return Vector3.Lerp((gore & 1) == 0 ? red : cream, shade, dark);
        };
    }
}
