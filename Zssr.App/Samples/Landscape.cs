using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.App.Samples;

/// <summary>What lies behind the house: sky, sun, clouds, hills, a fence, and the tiled square in front.</summary>
internal static class Landscape
{
    /// <summary>Where the floor begins; its lines meet a little above, hidden by the fence.</summary>
    private const float FloorTop = 0.70f;

    /// <summary>Beyond the edge of every picture.</summary>
    private const float Far = 1000;

    private static readonly Vector3 Zenith = Rgb.Hex(0x4F95CC), Horizon = Rgb.Hex(0xDCEBF0);

    public static void Draw(Canvas canvas)
    {
        canvas.Fill(Outlines.Rectangle(-Far, -Far, Far, Far), Rgb.Gradient(0, Zenith, 0.62f, Horizon));
        DrawSun(canvas, new Vector2(0.885f, 0.105f));
        DrawCloud(canvas, new Vector2(0.10f, 0.075f), 0.032f);
        DrawCloud(canvas, new Vector2(0.66f, 0.06f), 0.022f);
        DrawCloud(canvas, new Vector2(0.985f, 0.40f), 0.026f);
        DrawHills(canvas);
        DrawFloor(canvas);
        DrawFence(canvas);
    }

    private static void DrawSun(Canvas canvas, Vector2 center)
    {
        const int Rays = 36;
        for (int ray = 0; ray < Rays; ray++)
        {
            float turn = ray / (float)Rays;
            Vector2 direction = Outlines.Direction(turn);
            float length = ray % 2 == 0 ? 0.098f : 0.078f;
            canvas.Fill(Outlines.Stroke(center + (0.052f * direction), center + (length * direction), 0.0035f), Rgb.Hex(0xFFE9A8));
        }

        canvas.Fill(Outlines.Disc(center, 0.044f), Rgb.Ball(center, 0.044f, Rgb.Hex(0xFFF6C9), Rgb.Hex(0xFBC04D)));
    }

    private static void DrawCloud(Canvas canvas, Vector2 center, float size)
    {
        Paint paint = Rgb.Gradient(center.Y - size, Rgb.White, center.Y + (0.8f * size), Rgb.Hex(0xD3E2EE));
        ReadOnlySpan<(float X, float Y, float Radius)> puffs =
            [(-1.3f, 0.25f, 0.55f), (-0.5f, -0.1f, 0.85f), (0.5f, 0, 0.75f), (1.3f, 0.3f, 0.5f)];
        foreach ((float x, float y, float radius) in puffs)
            canvas.Fill(Outlines.Disc(center + (size * new Vector2(x, y)), size * radius), paint);
        float bottom = center.Y + (0.8f * size);
        canvas.Fill(Outlines.Rectangle(center.X - (1.3f * size), center.Y, center.X + (1.3f * size), bottom), paint);
    }

    private static void DrawHills(Canvas canvas)
    {
        Vector2 far = new(0.72f, 0.86f), near = new(1.0f, 0.90f);
        canvas.Fill(Outlines.Ellipse(far, new Vector2(0.42f, 0.30f)), Rgb.Gradient(0.56f, Rgb.Hex(0x8FB7A6), 0.70f, Rgb.Hex(0xB9D3C0)));
        canvas.Fill(Outlines.Ellipse(new Vector2(-0.2f, 0.86f), new Vector2(0.5f, 0.27f)), Rgb.Hex(0x9CC0A6));
        canvas.Fill(
            Outlines.Ellipse(near, new Vector2(0.36f, 0.29f)),
            Textures.Stripes(new Vector2(0.0065f, 0.0045f), Rgb.Hex(0x7FA869), Rgb.Hex(0x9BBE7C)));
    }

    private static void DrawFloor(Canvas canvas)
    {
        Paint paint = Textures.Floor(
            new Vector2(0.46f, 0.655f), nearEdge: 1, tile: 0.115f, Rgb.Hex(0xEFE6D4), Rgb.Hex(0x8C8078), haze: Rgb.Hex(0xCFCBBE));
        canvas.Fill(Outlines.Rectangle(-Far, FloorTop, Far, Far), paint);
    }

    private static void DrawFence(Canvas canvas)
    {
        // Past the scene's edges too, for pictures that are wider than high.
        const float Pitch = 0.0175f, Pale = 0.0095f, Tip = 0.625f, Shoulder = Tip + 0.009f, Bottom = FloorTop + 0.008f;
        Vector3 wood = Rgb.Hex(0xF4EFE3), rail = Rgb.Hex(0xD2C8B4);
        foreach (float y in new[] { 0.645f, 0.685f })
            canvas.Fill(Outlines.Rectangle(-2, y, 3, y + 0.0055f), rail);
        for (float x = -2; x < 3; x += Pitch)
        {
            float right = x + Pale;
            canvas.Fill([new(x, Bottom), new(x, Shoulder), new(x + (Pale / 2), Tip), new(right, Shoulder), new(right, Bottom)], wood);
        }
    }
}
