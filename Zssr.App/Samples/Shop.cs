using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.App.Samples;

/// <summary>The shop on the ground floor: its sign, the striped awning, two windows full of spectacles and the door.</summary>
internal static class Shop
{
    private static readonly Vector3 Green = Rgb.Hex(0x1F4A43), Gold = Rgb.Hex(0xF3D58A), Cream = Rgb.Hex(0xF7EEDC), Ink = Rgb.Hex(0x26333B);

    public static void Draw(Canvas canvas)
    {
        canvas.Fill(Outlines.Rectangle(0.088f, 0.60f, 0.652f, House.Bottom), Green);
        DrawWindow(canvas, 0.103f, 0.29f, rows: 2, columns: 3);
        DrawWindow(canvas, 0.45f, 0.637f, rows: 3, columns: 5);
        DrawDoor(canvas, 0.318f, 0.422f);
        DrawAwning(canvas);
        DrawSign(canvas);
        DrawBush(canvas, new Vector2(0.045f, 0.735f));
        DrawBush(canvas, new Vector2(0.695f, 0.735f));
    }

    private static void DrawSign(Canvas canvas)
    {
        canvas.Fill(Outlines.Rectangle(0.08f, 0.507f, 0.66f, 0.604f), Green);
        canvas.Fill(Outlines.Rectangle(0.085f, 0.512f, 0.655f, 0.599f), Gold);
        canvas.Fill(Outlines.Rectangle(0.0875f, 0.5145f, 0.6525f, 0.5965f), Green);
        StrokeFont.WriteCentered(canvas, "ZERO & SHOT", new Vector2(0.37f, 0.5235f), 0.041f, Cream, 0.16f);
        StrokeFont.WriteCentered(canvas, "OPTICIANS · WE SEE MORE IN LESS", new Vector2(0.37f, 0.576f), 0.0145f, Gold, 0.15f);
    }

    private static void DrawAwning(Canvas canvas)
    {
        const int Stripes = 25;
        const float Left = 0.078f, Right = 0.662f, Top = 0.604f, Bottom = 0.645f;
        float width = (Right - Left) / Stripes;
        for (int i = 0; i < Stripes; i++)
        {
            float left = Left + (i * width), middle = left + (width / 2);
            Vector3 color = i % 2 == 0 ? Rgb.Hex(0xD8503F) : Cream;
            canvas.Fill(Outlines.Disc(new Vector2(middle, Bottom), width / 2), color);
            canvas.Fill(Outlines.Rectangle(left, Top, left + width, Bottom), color);
        }

        canvas.Fill(Outlines.Rectangle(Left, Top, Right, Top + 0.008f), Ink, 0.25f);
    }

    private static void DrawWindow(Canvas canvas, float left, float right, int rows, int columns)
    {
        const float Top = 0.635f, Bottom = 0.778f;
        canvas.Fill(Outlines.Rectangle(left, Top, right, Bottom), Rgb.Gradient(Top, Rgb.Hex(0xB9CFD3), Bottom, Rgb.Hex(0xF3EBD3)));
        float width = (right - left) / columns, height = (Bottom - 0.662f) / rows;
        for (int row = 0; row < rows; row++)
        {
            float shelf = 0.662f + ((row + 1) * height) - 0.003f;
            canvas.Fill(Outlines.Rectangle(left, shelf, right, shelf + 0.003f), Rgb.Hex(0x9A6B3F));
            for (int column = 0; column < columns; column++)
                DrawSpectacles(canvas, new Vector2(left + ((column + 0.5f) * width), shelf - (0.28f * width)), 0.19f * width);
        }
    }

    private static void DrawSpectacles(Canvas canvas, Vector2 middle, float radius)
    {
        foreach (float side in new[] { -1f, 1f })
        {
            Vector2 lens = middle + new Vector2(side * 1.22f * radius, 0);
            canvas.Fill(Outlines.Disc(lens, radius), Ink);
            canvas.Fill(Outlines.Disc(lens, radius * 0.74f), Rgb.Ball(lens, radius, Rgb.White, Rgb.Hex(0x7FB2C8)));
            Vector2 hinge = lens + new Vector2(side * radius, -0.3f * radius);
            canvas.Fill(Outlines.Stroke(hinge, hinge + new Vector2(side * 0.1f * radius, -0.7f * radius), 0.22f * radius), Ink);
        }

        Vector2 bridge = middle - new Vector2(0, 0.15f * radius), half = new(0.3f * radius, 0);
        canvas.Fill(Outlines.Stroke(bridge - half, bridge + half, 0.25f * radius), Ink);
    }

    private static void DrawDoor(Canvas canvas, float left, float right)
    {
        float center = (left + right) / 2;
        canvas.Fill(Outlines.Rectangle(left - 0.01f, 0.63f, right + 0.01f, House.Bottom), Cream);
        canvas.Fill(Outlines.Rectangle(left, 0.64f, right, House.Bottom), Rgb.Hex(0xB5423A));
        Paint glass = Rgb.Gradient(0.66f, Rgb.Hex(0x3D5A70), 0.735f, Rgb.Hex(0x9CC2D6));
        canvas.Fill(Outlines.Rectangle(left + 0.014f, 0.662f, right - 0.014f, 0.735f), glass);
        canvas.Fill(Outlines.Rectangle(left + 0.014f, 0.747f, right - 0.014f, 0.787f), Rgb.Hex(0x8F2F2A));
        canvas.Fill(Outlines.Rectangle(center - 0.031f, 0.683f, center + 0.031f, 0.709f), Cream);
        StrokeFont.WriteCentered(canvas, "OPEN", new Vector2(center, 0.6885f), 0.015f, Ink, 0.17f);
        canvas.Fill(Outlines.Disc(new Vector2(right - 0.008f, 0.742f), 0.0045f), Gold);
        canvas.Fill(Outlines.Rectangle(left - 0.02f, House.Bottom - 0.006f, right + 0.02f, House.Bottom + 0.008f), Rgb.Hex(0xCDBFA6));
    }

    private static void DrawBush(Canvas canvas, Vector2 center)
    {
        const float Radius = 0.038f;
        canvas.Fill(Outlines.Ellipse(center + new Vector2(0.012f, 0.113f), new Vector2(0.042f, 0.009f)), Ink, 0.35f);
        canvas.Fill(Outlines.Stroke(center, center + new Vector2(0, 0.07f), 0.008f), Rgb.Hex(0x6F4A2A));
        float top = center.Y + 0.068f, bottom = center.Y + 0.115f;
        canvas.Fill(
            [new(center.X - 0.028f, top), new(center.X + 0.028f, top), new(center.X + 0.021f, bottom), new(center.X - 0.021f, bottom)],
            Rgb.Ball(new Vector2(center.X, top), 0.05f, Rgb.Hex(0xE39A6B), Rgb.Hex(0x9C5536)));
        canvas.Fill(Outlines.Disc(center, Radius), Rgb.Ball(center, Radius, Rgb.Hex(0x8FC07A), Rgb.Hex(0x2C5A3C)));
    }
}
