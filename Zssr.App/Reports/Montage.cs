using System.Numerics;
using Zssr.App.Drawing;
using Zssr.App.Images;

namespace Zssr.App.Reports;

/// <summary>Shows several pictures in one, with captions.</summary>
internal static class Montage
{
    /// <summary>The side of a square of the checkerboard below transparent pictures, in pixels.</summary>
    private const int Square = 8;

    private const float Background = 0.95f, LightSquare = 1, DarkSquare = 0.86f;

    private static readonly Vector3 Ink = Rgb.Hex(0x26333B);

    /// <summary>Puts pictures below each other in rows, each below its caption. They may differ in size, and be gray or colour.</summary>
    /// <param name="rows">The rows, each from left to right. A caption may be empty.</param>
    /// <param name="smallestSide">
    /// Pictures whose longer side has fewer pixels are enlarged by whole factors, each pixel becoming a block, until it has as many.
    /// </param>
    /// <returns>A picture of 3 channels. Where pictures are transparent a light checkerboard shows through.</returns>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    public static Picture Rows(IReadOnlyList<IReadOnlyList<(Picture Picture, string Caption)>> rows, int smallestSide = 0)
    {
        MontageLayout layout = MontageLayout.Of(rows, smallestSide);
        float[] color = new float[layout.Height * layout.Width * 3];
        Array.Fill(color, Background);
        foreach (MontageCell cell in layout.Cells)
        {
            WriteCaption(color, layout, cell);
            Paste(color, layout.Width, cell);
        }

        return new Picture(layout.Height, layout.Width, 3, color);
    }

    /// <summary>Draws the caption on a sheet of its own, as only few pixels of a large montage have text.</summary>
    private static void WriteCaption(float[] color, MontageLayout layout, MontageCell cell)
    {
        if (cell.Caption.Length == 0)
            return;
        // The pen is wider than its line, and some letters reach below it.
        int overhang = (int)MathF.Ceiling(StrokeFont.Descent * layout.CapHeight) + 1;
        int height = layout.CapHeight + (2 * overhang);
        int width = (int)MathF.Ceiling(StrokeFont.Measure(cell.Caption, layout.CapHeight)) + (2 * overhang);
        var sheet = new Canvas(height, width, new Vector2(overhang), layout.CapHeight, new Vector3(Background));
        StrokeFont.Write(sheet, cell.Caption, Vector2.Zero, capHeight: 1, Ink);
        Picture text = sheet.ToPicture();
        Paste(color, layout.Width, new MontageCell(text, "", layout.CaptionTop(cell) - overhang, cell.Left - overhang));
    }

    private static void Paste(float[] color, int width, MontageCell cell)
    {
        Picture picture = cell.Picture;
        for (int y = 0; y < picture.Height; y++)
        {
            int row = (((cell.Top + y) * width) + cell.Left) * 3;
            for (int x = 0; x < picture.Width; x++)
            {
                int pixel = (y * picture.Width) + x;
                float alpha = picture.Alpha?[pixel] ?? 1;
                float below = ((y / Square) + (x / Square)) % 2 == 0 ? LightSquare : DarkSquare;
                for (int c = 0; c < 3; c++)
                {
                    float value = picture.Color[(pixel * picture.Channels) + (picture.Channels == 1 ? 0 : c)];
                    color[row + (x * 3) + c] = (alpha * value) + ((1 - alpha) * below);
                }
            }
        }
    }
}
