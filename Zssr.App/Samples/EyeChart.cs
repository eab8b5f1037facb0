using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.App.Samples;

/// <summary>A board with rows of letters, each smaller than the one above: where they stop being legible, the resolution ends.</summary>
internal static class EyeChart
{
    /// <summary>The rows, and the height of their capitals in widths of the board.</summary>
    private static readonly (string Letters, float Height)[] Rows =
    [
        ("E", 0.34f), ("F P", 0.245f), ("T O Z", 0.175f), ("L P E D", 0.128f), ("P E C F D", 0.096f), ("E D F C Z P", 0.072f),
        ("F E L O P Z D", 0.054f), ("D E F P O T E C", 0.04f),
    ];

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="left">The board's left edge.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="width">Its width; it is 1.95 times as high, and stands on two feet.</param>
    public static void Draw(Canvas canvas, float left, float top, float width)
    {
        float right = left + width, bottom = top + (1.95f * width), center = left + (width / 2);
        Vector3 wood = Rgb.Hex(0x7A5233), ink = Rgb.Hex(0x1D242A);
        float foot = bottom + (0.2f * width);
        Vector2 shadow = new(0.3f * width, -0.13f * width);
        canvas.Fill([new(left, foot), new(right, foot), new Vector2(right, foot) + shadow, new Vector2(left, foot) + shadow], ink, 0.3f);
        foreach (float x in new[] { left + (0.08f * width), right - (0.08f * width) })
            canvas.Fill(Outlines.Stroke(new(x, top), new(x, foot - (0.03f * width)), 0.07f * width), wood);
        canvas.Fill(Outlines.Rectangle(left, top, right, bottom), wood);
        float edge = 0.045f * width;
        canvas.Fill(Outlines.Rectangle(left + edge, top + edge, right - edge, bottom - edge), Rgb.Hex(0xFCFAF4));
        float y = top + (0.115f * width);
        foreach ((string letters, float height) in Rows)
        {
            StrokeFont.WriteCentered(canvas, letters, new Vector2(center, y), height * width, ink, 0.18f);
            y += (height + 0.078f) * width;
        }
    }
}
