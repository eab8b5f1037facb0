using System.Numerics;
using Zssr.App.Drawing;
using Zssr.App.Images;

namespace Zssr.App.Samples;

/// <summary>
/// A picture to try the program on, drawn at any size: an optician's house with text, thin lines at many angles, repeating bricks, tiles
/// and windows, soft shading, and the same details at several scales, which is what ZSSR learns from.
/// </summary>
internal static class SampleScene
{
    /// <summary>Rows drawn at a time, so that the samples of a large picture need not all be in memory.</summary>
    private const int StripHeight = 16;

    /// <summary>Draws the scene. It fills the shorter side; along the longer one there is more sky and floor.</summary>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <returns>A picture of 3 channels, the same each time.</returns>
    public static Picture Render(int height, int width)
    {
        float[] color = new float[height * width * 3];
        float unit = Math.Min(height, width);
        Vector2 origin = (new Vector2(width, height) - new Vector2(unit)) / 2;
        Parallel.For(0, (height + StripHeight - 1) / StripHeight, strip =>
        {
            int top = strip * StripHeight;
            int rows = Math.Min(StripHeight, height - top);
            var canvas = new Canvas(rows, width, origin - new Vector2(0, top), unit, Rgb.White);
            Draw(canvas);
            canvas.CopyTo(color.AsSpan(top * width * 3, rows * width * 3));
        });
        return new Picture(height, width, 3, color);
    }

    /// <summary>From back to front. The scene is 1 wide and high, (0, 0) its upper left corner.</summary>
    private static void Draw(Canvas canvas)
    {
        Landscape.Draw(canvas);
        Balloon.Draw(canvas, top: new Vector2(0.82f, 0.205f), radius: 0.075f);
        House.Draw(canvas);
        Shop.Draw(canvas);
        EyeChart.Draw(canvas, left: 0.735f, top: 0.475f, width: 0.205f);
    }
}
