namespace Zssr.App.Images;

/// <summary>Gives invisible pixels a colour, for a network would learn whatever an editor left in them, black as a rule.</summary>
/// <remarks>
/// A pyramid, as in S. Gortler et al., "The Lumigraph", 1996, section 3.4 (push and pull). Going up, four pixels become one: the mean of
/// their colours weighted by visibility. Going down, a pixel without a visible one below it takes the colour of the level above, bilinear
/// between its four nearest pixels there. So a colour comes from near, and changes smoothly.
/// </remarks>
internal static class Transparency
{
    /// <summary>
    /// The picture with the colours of nearby visible pixels where alpha is 0. Pixels with more alpha, and alpha itself, stay as they are;
    /// so does a picture that is opaque, or invisible everywhere.
    /// </summary>
    public static Picture FillInvisible(Picture picture)
    {
        if (picture.Alpha is not { } alpha || Array.TrueForAll(alpha, a => a > 0) || Array.TrueForAll(alpha, a => a <= 0))
            return picture;
        var level = new Level(picture.Height, picture.Width, picture.Channels, [.. picture.Color], alpha);
        Fill(level);
        return new Picture(picture.Height, picture.Width, picture.Channels, level.Color, alpha);
    }

    /// <summary>Colours every pixel whose weight is 0, in place. At least one has more.</summary>
    private static void Fill(Level level)
    {
        if (Array.TrueForAll(level.Weight, weight => weight > 0))
            return;
        Level coarser = Halve(level);
        Fill(coarser);
        for (int row = 0; row < level.Height; row++)
        {
            for (int column = 0; column < level.Width; column++)
            {
                if (level.Weight[row * level.Width + column] <= 0)
                    Interpolate(coarser, (row + 0.5f) / 2 - 0.5f, (column + 0.5f) / 2 - 0.5f, level.ColorAt(row, column));
            }
        }
    }

    /// <summary>Four pixels (at odd ends two, or one) become one: Σ weight · colour / Σ weight, and Σ weight.</summary>
    private static Level Halve(Level fine)
    {
        (int height, int width) = ((fine.Height + 1) / 2, (fine.Width + 1) / 2);
        var coarse = new Level(height, width, fine.Channels, new float[height * width * fine.Channels], new float[height * width]);
        for (int row = 0; row < fine.Height; row++)
        {
            for (int column = 0; column < fine.Width; column++)
            {
                float weight = fine.Weight[row * fine.Width + column];
                coarse.Weight[row / 2 * width + column / 2] += weight;
                Span<float> from = fine.ColorAt(row, column), to = coarse.ColorAt(row / 2, column / 2);
                for (int c = 0; c < fine.Channels; c++)
                    to[c] += weight * from[c];
            }
        }

        for (int i = 0; i < coarse.Color.Length; i++)
        {
            float weight = coarse.Weight[i / fine.Channels];
            coarse.Color[i] = weight > 0 ? coarse.Color[i] / weight : 0;
        }

        return coarse;
    }

    private static void Interpolate(Level level, float row, float column, Span<float> color)
    {
        (row, column) = (Math.Clamp(row, 0, level.Height - 1), Math.Clamp(column, 0, level.Width - 1));
        (int top, int left) = ((int)row, (int)column);
        (int bottom, int right) = (Math.Min(top + 1, level.Height - 1), Math.Min(left + 1, level.Width - 1));
        for (int c = 0; c < level.Channels; c++)
        {
            float above = float.Lerp(level.ColorAt(top, left)[c], level.ColorAt(top, right)[c], column - left);
            float below = float.Lerp(level.ColorAt(bottom, left)[c], level.ColorAt(bottom, right)[c], column - left);
            color[c] = float.Lerp(above, below, row - top);
        }
    }

    private sealed record Level(int Height, int Width, int Channels, float[] Color, float[] Weight)
    {
        public Span<float> ColorAt(int row, int column) => Color.AsSpan((row * Width + column) * Channels, Channels);
    }
}
