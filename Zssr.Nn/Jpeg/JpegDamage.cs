namespace Zssr.Nn;

/// <summary>
/// What a picture has lost once it has been a JPEG file: its values go through bytes, Y, Cb and Cr, smaller Cb and Cr, quantised blocks,
/// and all the way back. Nothing is coded, so there is no file.
/// </summary>
/// <remarks>
/// Colours as JFIF has them (ITU-T T.871, section 7). Cb and Cr are shrunk by the mean of their pixels, as encoders do, and enlarged
/// by straight lines (¾ of the nearest sample and ¼ of the next one), or repeated at a quarter of the resolution, as decoders do. The
/// result is that of a real encoder and decoder within about a level of 255: those round in between in ways of their own.
/// </remarks>
public static class JpegDamage
{
    private const int Side = JpegCompression.Side;

    /// <summary>Does all that to an image in memory.</summary>
    /// <param name="values">height × width × channels values 0…1, rows from the top, channels innermost; they are replaced.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">3 for red, green, blue; any other number is treated as so many gray pictures.</param>
    /// <param name="compression">Steps and subsampling.</param>
    /// <param name="top">How many rows of the image's first blocks lie above it: where the grid of blocks is, 0 to 8 · Down − 1.</param>
    /// <param name="left">How many columns of them lie to its left, 0 to 8 · Across − 1.</param>
    /// <exception cref="ArgumentException">The values are not so many.</exception>
    public static void Apply(Span<float> values, int height, int width, int channels, JpegCompression compression, int top, int left)
    {
        ArgumentNullException.ThrowIfNull(compression);
        if (values.Length != (long)height * width * channels)
            throw new ArgumentException($"JPEG: {values.Length} values do not make {height} × {width} × {channels}.");
        bool isColour = channels == 3;
        (int down, int across) = isColour ? (compression.Down, compression.Across) : (1, 1);
        var grid = new Grid(RoundUp(top + height, Side * down), RoundUp(left + width, Side * across), top, left, height, width);
        float[][] planes = [.. Enumerable.Range(0, channels).Select(_ => new float[grid.Rows * grid.Columns])];
        ReadPlanes(values, planes, grid, isColour);
        for (int c = 0; c < channels; c++)
        {
            if (c == 0 || !isColour)
                JpegPlaneDamage.Apply(planes[c], grid.Rows, grid.Columns, compression.Luma);
            else
                DamageColour(planes[c], grid, down, across, c == 1 ? compression.BlueDifference : compression.RedDifference);
        }

        WritePlanes(planes, values, grid, isColour);
    }

    /// <summary>Where an image lies among whole blocks.</summary>
    private readonly record struct Grid(int Rows, int Columns, int Top, int Left, int Height, int Width);

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Bytes, as planes of whole blocks: around the image its border is repeated.</summary>
    private static void ReadPlanes(ReadOnlySpan<float> values, float[][] planes, Grid grid, bool isColour)
    {
        int channels = planes.Length;
        for (int row = 0; row < grid.Rows; row++)
        {
            int sourceRow = Math.Clamp(row - grid.Top, 0, grid.Height - 1) * grid.Width;
            for (int column = 0; column < grid.Columns; column++)
            {
                int source = (sourceRow + Math.Clamp(column - grid.Left, 0, grid.Width - 1)) * channels;
                int target = row * grid.Columns + column;
                if (!isColour)
                {
                    for (int c = 0; c < channels; c++)
                        planes[c][target] = Byte(values[source + c] * 255);
                    continue;
                }

                (float r, float g, float b) = (Byte(values[source] * 255), Byte(values[source + 1] * 255), Byte(values[source + 2] * 255));
                planes[0][target] = MathF.Round(0.299f * r + 0.587f * g + 0.114f * b);
                planes[1][target] = Byte(-0.168736f * r - 0.331264f * g + 0.5f * b + 128);
                planes[2][target] = Byte(0.5f * r - 0.418688f * g - 0.081312f * b + 128);
            }
        }
    }

    private static void WritePlanes(float[][] planes, Span<float> values, Grid grid, bool isColour)
    {
        int channels = planes.Length;
        for (int row = 0; row < grid.Height; row++)
        {
            for (int column = 0; column < grid.Width; column++)
            {
                int source = (row + grid.Top) * grid.Columns + column + grid.Left, target = (row * grid.Width + column) * channels;
                if (!isColour)
                {
                    for (int c = 0; c < channels; c++)
                        values[target + c] = planes[c][source] / 255;
                    continue;
                }

                (float y, float cb, float cr) = (planes[0][source], planes[1][source] - 128, planes[2][source] - 128);
                values[target] = Byte(y + 1.402f * cr) / 255;
                values[target + 1] = Byte(y - 0.344136f * cb - 0.714136f * cr) / 255;
                values[target + 2] = Byte(y + 1.772f * cb) / 255;
            }
        }
    }

    /// <summary>Shrinks Cb or Cr, quantises what is left, and enlarges it again.</summary>
    private static void DamageColour(float[] plane, Grid grid, int down, int across, IReadOnlyList<int> steps)
    {
        (int rows, int columns) = (grid.Rows / down, grid.Columns / across);
        float[] small = new float[rows * columns];
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int column = 0; column < grid.Columns; column++)
                small[row / down * columns + column / across] += plane[row * grid.Columns + column];
        }

        // Halves are rounded down in one column and up in the next, so that no colour drifts.
        for (int i = 0; i < small.Length; i++)
            small[i] = MathF.Floor(small[i] / (down * across) + (i % columns % 2 == 0 ? 0.49f : 0.5f));
        JpegPlaneDamage.Apply(small, rows, columns, steps);
        for (int row = 0; row < grid.Rows; row++)
        {
            (int near, int beside, float share) = Neighbours(row, down, rows);
            for (int column = 0; column < grid.Columns; column++)
            {
                (int nearColumn, int besideColumn, float columnShare) = Neighbours(column, across, columns);
                float nearValue = Mix(small[near * columns + nearColumn], small[near * columns + besideColumn], columnShare);
                float besideValue = Mix(small[beside * columns + nearColumn], small[beside * columns + besideColumn], columnShare);
                plane[row * grid.Columns + column] = MathF.Round(Mix(nearValue, besideValue, share));
            }
        }
    }

    /// <summary>The sample that a pixel lies in, the one beside it, and the share of the latter.</summary>
    private static (int Near, int Beside, float Share) Neighbours(int pixel, int factor, int count)
    {
        int near = pixel / factor;
        return factor == 2 ? (near, Math.Clamp(near + (pixel % 2 == 0 ? -1 : 1), 0, count - 1), 0.25f) : (near, near, 0);
    }

    private static float Mix(float near, float beside, float share) => near + share * (beside - near);

    private static float Byte(float value) => Math.Clamp(MathF.Round(value), 0, 255);
}
