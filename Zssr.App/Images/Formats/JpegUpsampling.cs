namespace Zssr.App.Images.Formats;

/// <summary>
/// Enlarges colours that were stored at half the resolution by straight lines: a pixel is ¾ of the sample that it lies in and ¼ of the
/// next one beside it. Those at a quarter of the resolution are repeated.
/// </summary>
/// <remarks>
/// As libjpeg's "fancy upsampling", with its rounding: alternately up and down, so that no colour drifts. Like there, rows of one or two
/// samples are repeated, and so are samples beyond the border.
/// </remarks>
/// <param name="plane">The colour.</param>
internal sealed class JpegUpsampling(JpegPlane plane)
{
    private const int ShortestSmoothRow = 3;

    private readonly int[] _sums = new int[plane.Columns];

    /// <summary>One row of the picture.</summary>
    /// <param name="row">Which.</param>
    /// <param name="values">Takes a value for each column.</param>
    public void Row(int row, Span<byte> values)
    {
        int stored = row / plane.Down;
        // Above the first of two rows, below the second.
        int beside = row % 2 == 0 ? stored - 1 : stored + 1;
        bool isSmooth = plane.Columns >= ShortestSmoothRow;
        if (plane is { Across: 2, Down: 2 } && isSmooth)
        {
            Mix(plane.Row(stored), plane.Row(beside));
            Widen(values, bits: 4, even: 8, odd: 7);
        }
        else if (plane is { Across: 2, Down: 1 } && isSmooth)
        {
            Mix(plane.Row(stored), []);
            Widen(values, bits: 2, even: 1, odd: 2);
        }
        else if (plane is { Across: 1, Down: 2 })
        {
            Mix(plane.Row(stored), plane.Row(beside));
            int rounding = row % 2 == 0 ? 1 : 2;
            for (int column = 0; column < values.Length; column++)
                values[column] = (byte)((_sums[column] + rounding) >> 2);
        }
        else
        {
            ReadOnlySpan<byte> samples = plane.Row(stored);
            for (int column = 0; column < values.Length; column++)
                values[column] = samples[column / plane.Across];
        }
    }

    /// <summary>3 · near + far, or near alone.</summary>
    private void Mix(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far)
    {
        for (int column = 0; column < _sums.Length; column++)
            _sums[column] = far.IsEmpty ? near[column] : 3 * near[column] + far[column];
    }

    /// <summary>Two columns of each.</summary>
    private void Widen(Span<byte> values, int bits, int even, int odd)
    {
        for (int column = 0; column < values.Length; column++)
        {
            int stored = column / 2, beside = Math.Clamp(column % 2 == 0 ? stored - 1 : stored + 1, 0, _sums.Length - 1);
            values[column] = (byte)((3 * _sums[stored] + _sums[beside] + (column % 2 == 0 ? even : odd)) >> bits);
        }
    }
}
