using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.App.Samples;

/// <summary>The house above the shop: brick wall, tiled roof with a round window, chimney, and a row of windows.</summary>
internal static class House
{
    /// <summary>The edges of the wall.</summary>
    public const float Left = 0.07f, Right = 0.67f, Top = 0.295f, Bottom = 0.80f;

    private static readonly Vector3 Stone = Rgb.Hex(0xF1E8D6), StoneShadow = Rgb.Hex(0xCDBFA6), Dark = Rgb.Hex(0x33404A);

    private static readonly Paint Bricks = Textures.Bricks(0.0155f, Rgb.Hex(0xC97B5C), Rgb.Hex(0xA9583F), Rgb.Hex(0xE3CDB4));

    public static void Draw(Canvas canvas)
    {
        DrawChimney(canvas, 0.50f);
        DrawRoof(canvas);
        DrawRoundWindow(canvas, new Vector2(0.37f, 0.2f), 0.068f);
        canvas.Fill(Outlines.Rectangle(Left, Top, Right, Bottom), Bricks);
        // The roof's shadow fades down the wall.
        for (int i = 0; i < 12; i++)
            canvas.Fill(Outlines.Rectangle(Left, Top, Right, Top + 0.012f + (0.003f * i)), Dark, 0.05f);
        DrawCorners(canvas);
        canvas.Fill(Outlines.Rectangle(Left - 0.035f, Top - 0.012f, Right + 0.035f, Top + 0.004f), Stone);
        canvas.Fill(Outlines.Rectangle(Left - 0.035f, Top + 0.004f, Right + 0.035f, Top + 0.009f), StoneShadow);
        for (int i = 0; i < 4; i++)
            DrawWindow(canvas, new Vector2(0.148f + (0.148f * i), 0.345f), 0.062f, 0.13f);
    }

    private static void DrawChimney(Canvas canvas, float left)
    {
        canvas.Fill(Outlines.Rectangle(left, 0.06f, left + 0.06f, 0.2f), Bricks);
        canvas.Fill(Outlines.Rectangle(left + 0.045f, 0.06f, left + 0.06f, 0.2f), Dark, 0.25f);
        canvas.Fill(Outlines.Rectangle(left - 0.008f, 0.048f, left + 0.068f, 0.062f), Stone);
    }

    private static void DrawRoof(Canvas canvas)
    {
        const float Ridge = 0.105f;
        canvas.Fill(
            [new(Left + 0.07f, Ridge), new(Right - 0.07f, Ridge), new(Right + 0.03f, Top), new(Left - 0.03f, Top)],
            Textures.RoundTiles(0.0255f, Rgb.Hex(0x7389A3), Rgb.Hex(0x475A75), Rgb.Hex(0x36465C)));
        canvas.Fill(Outlines.Stroke(new(Left + 0.068f, Ridge), new(Right - 0.068f, Ridge), 0.012f), Rgb.Hex(0x36465C));
    }

    /// <summary>A star of wedges, which is how the sharpness of lenses is tested: ever finer towards its middle.</summary>
    private static void DrawRoundWindow(Canvas canvas, Vector2 center, float radius)
    {
        const int Wedges = 32;
        canvas.Fill(Outlines.Disc(center + new Vector2(0.004f, 0.006f), radius), Dark, 0.5f);
        canvas.Fill(Outlines.Disc(center, radius), Stone);
        canvas.Fill(Outlines.Disc(center, radius * 0.86f), Dark);
        Vector2[] glass = Outlines.Disc(center, radius * 0.82f);
        canvas.Fill(glass, point =>
        {
            float turn = MathF.Atan2(point.Y - center.Y, point.X - center.X) / MathF.Tau;
            return ((int)MathF.Floor(turn * 2 * Wedges) & 1) == 0 ? Rgb.White : Dark;
        });
        canvas.Fill(Outlines.Disc(center, radius * 0.1f), Rgb.Hex(0xD8503F));
    }

    /// <summary>Blocks of stone at both edges of the wall, long and short by turns.</summary>
    private static void DrawCorners(Canvas canvas)
    {
        const float Block = 0.031f;
        for (int i = 0; (i + 1) * Block <= Bottom - Top; i++)
        {
            float length = i % 2 == 0 ? 0.03f : 0.019f;
            float top = Top + (i * Block), bottom = top + Block - 0.004f;
            canvas.Fill(Outlines.Rectangle(Left, top, Left + length, bottom), Stone);
            canvas.Fill(Outlines.Rectangle(Right - length, top, Right, bottom), Stone);
        }
    }

    private static void DrawWindow(Canvas canvas, Vector2 topCenter, float width, float height)
    {
        float left = topCenter.X - (width / 2), right = topCenter.X + (width / 2), top = topCenter.Y, bottom = top + height;
        canvas.Fill(Outlines.Rectangle(left - 0.006f, top - 0.014f, right + 0.006f, top), Stone);
        canvas.Fill(Outlines.Rectangle(left, top, right, bottom), Rgb.White);
        DrawPanes(canvas, left + 0.005f, top + 0.005f, right - 0.005f, bottom - 0.005f);
        DrawShutter(canvas, left - 0.03f, top, left - 0.002f, bottom);
        DrawShutter(canvas, right + 0.002f, top, right + 0.03f, bottom);
        canvas.Fill(Outlines.Rectangle(left - 0.033f, bottom, right + 0.033f, bottom + 0.008f), Stone);
        canvas.Fill(Outlines.Rectangle(left - 0.033f, bottom + 0.008f, right + 0.033f, bottom + 0.012f), StoneShadow);
    }

    private static void DrawPanes(Canvas canvas, float left, float top, float right, float bottom)
    {
        const int Rows = 4, Columns = 2;
        const float Bar = 0.0035f;
        float width = (right - left + Bar) / Columns, height = (bottom - top + Bar) / Rows;
        Paint glass = Rgb.Gradient(top, Rgb.Hex(0x3D5A70), bottom, Rgb.Hex(0x9CC2D6));
        for (int i = 0; i < Rows * Columns; i++)
        {
            float x = left + (i % Columns * width), y = top + (i / Columns * height);
            canvas.Fill(Outlines.Rectangle(x, y, x + width - Bar, y + height - Bar), glass);
        }

        Vector3 curtain = Rgb.Hex(0xF6E3C0);
        float open = 0.45f * (right - left), drop = top + (0.55f * (bottom - top));
        canvas.Fill([new(left, top), new(left + open, top), new(left, drop)], curtain, 0.75f);
        canvas.Fill([new(right, top), new(right - open, top), new(right, drop)], curtain, 0.75f);
    }

    private static void DrawShutter(Canvas canvas, float left, float top, float right, float bottom)
    {
        Vector3 wood = Rgb.Hex(0x3E7C74);
        canvas.Fill(Outlines.Rectangle(left, top, right, bottom), wood);
        canvas.Fill(
            Outlines.Rectangle(left + 0.004f, top + 0.006f, right - 0.004f, bottom - 0.006f),
            Textures.Stripes(new Vector2(0, 0.0048f), Rgb.Hex(0x5FA197), Rgb.Hex(0x2B5C56)));
    }
}
