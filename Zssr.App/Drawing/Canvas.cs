using System.Numerics;
using Zssr.App.Images;

namespace Zssr.App.Drawing;

/// <summary>The colour at a point of the drawing: red, green, blue, each 0…1.</summary>
/// <param name="point">The point, in the drawing's units.</param>
internal delegate Vector3 Paint(Vector2 point);

/// <summary>
/// A sheet on which filled outlines are drawn, later ones over earlier ones. Edges are smooth: each pixel is the mean of 8 × 8 samples.
/// </summary>
/// <remarks>
/// The samples are kept until the end and averaged once. Blending each outline's coverage into the pixels as it comes would be smaller,
/// but where two outlines share an edge the background would shine through it.
/// </remarks>
internal sealed class Canvas
{
    /// <summary>Samples along each side of a pixel.</summary>
    public const int SamplesPerSide = 8;

    private readonly Vector2 _origin;
    private readonly float _unit;
    private readonly int _rows, _columns;
    private readonly Vector3[] _samples;
    private readonly List<float> _crossings = [];

    /// <summary>An empty sheet.</summary>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    /// <param name="origin">Where the drawing's (0, 0) lies, in pixels from the top left corner; it may lie outside.</param>
    /// <param name="unit">How many pixels one unit of the drawing is long. x goes right, y down.</param>
    /// <param name="background">The colour of the empty sheet.</param>
    public Canvas(int height, int width, Vector2 origin, float unit, Vector3 background)
    {
        (Height, Width, _origin, _unit) = (height, width, origin, unit);
        (_rows, _columns) = (height * SamplesPerSide, width * SamplesPerSide);
        _samples = new Vector3[_rows * _columns];
        Array.Fill(_samples, background);
    }

    /// <summary>Rows of pixels.</summary>
    public int Height { get; }

    /// <summary>Columns of pixels.</summary>
    public int Width { get; }

    /// <summary>Fills an outline with one colour.</summary>
    public void Fill(ReadOnlySpan<Vector2> outline, Vector3 color, float opacity = 1) => Fill(outline, _ => color, opacity);

    /// <summary>Fills an outline; where it crosses itself, what it goes around twice stays empty (the even-odd rule).</summary>
    /// <param name="outline">Its corners, in the drawing's units; the last is joined to the first.</param>
    /// <param name="paint">The colour at each point.</param>
    /// <param name="opacity">How much of what lies below is covered: 1 all, 0 nothing.</param>
    public void Fill(ReadOnlySpan<Vector2> outline, Paint paint, float opacity = 1)
    {
        float top = float.PositiveInfinity, bottom = float.NegativeInfinity;
        foreach (Vector2 corner in outline)
            (top, bottom) = (MathF.Min(top, RowOf(corner.Y)), MathF.Max(bottom, RowOf(corner.Y)));
        int end = (int)Math.Clamp(MathF.Ceiling(bottom), 0, _rows);
        for (int row = (int)Math.Clamp(MathF.Floor(top), 0, _rows); row < end; row++)
        {
            FindCrossings(outline, row);
            for (int i = 0; i + 1 < _crossings.Count; i += 2)
                FillSpan(row, _crossings[i], _crossings[i + 1], paint, opacity);
        }
    }

    /// <summary>Writes the pixels, height × width × 3 values, to the start of an array.</summary>
    public void CopyTo(Span<float> color)
    {
        const float Weight = 1f / (SamplesPerSide * SamplesPerSide);
        for (int pixel = 0; pixel < Height * Width; pixel++)
        {
            int first = ((pixel / Width * _columns) + (pixel % Width)) * SamplesPerSide;
            Vector3 sum = Vector3.Zero;
            for (int row = 0; row < SamplesPerSide; row++)
            {
                for (int column = 0; column < SamplesPerSide; column++)
                    sum += _samples[first + (row * _columns) + column];
            }

            Vector3.Clamp(sum * Weight, Vector3.Zero, Vector3.One).CopyTo(color[(pixel * 3)..]);
        }
    }

    /// <summary>The drawing as a picture of 3 channels.</summary>
    public Picture ToPicture()
    {
        float[] color = new float[Height * Width * 3];
        CopyTo(color);
        return new Picture(Height, Width, 3, color);
    }

    /// <summary>Where the outline's sides cross the middle of a row of samples, from left to right, in samples.</summary>
    private void FindCrossings(ReadOnlySpan<Vector2> outline, int row)
    {
        _crossings.Clear();
        float middle = row + 0.5f;
        Vector2 from = outline[^1];
        foreach (Vector2 to in outline)
        {
            float y0 = RowOf(from.Y), y1 = RowOf(to.Y);
            // A corner on the line belongs to one of its two sides only, or the line would cross there twice.
            if (y0 <= middle != y1 <= middle)
                _crossings.Add(ColumnOf(from.X + ((to.X - from.X) * (middle - y0) / (y1 - y0))));
            from = to;
        }

        _crossings.Sort();
    }

    private void FillSpan(int row, float left, float right, Paint paint, float opacity)
    {
        int end = (int)Math.Clamp(MathF.Ceiling(right - 0.5f), 0, _columns);
        for (int column = (int)Math.Clamp(MathF.Ceiling(left - 0.5f), 0, _columns); column < end; column++)
        {
            Vector2 point = ((new Vector2(column + 0.5f, row + 0.5f) / SamplesPerSide) - _origin) / _unit;
            ref Vector3 sample = ref _samples[(row * _columns) + column];
            sample = opacity < 1 ? Vector3.Lerp(sample, paint(point), opacity) : paint(point);
        }
    }

    private float ColumnOf(float x) => ((x * _unit) + _origin.X) * SamplesPerSide;

    private float RowOf(float y) => ((y * _unit) + _origin.Y) * SamplesPerSide;
}
