using System.Numerics;

namespace Zssr.App.Drawing;

/// <summary>The corners of simple shapes, for <see cref="Canvas.Fill(ReadOnlySpan{Vector2}, Vector3, float)"/>.</summary>
internal static class Outlines
{
    /// <summary>Corners of a full circle: so many that no side can be told at any size in use.</summary>
    private const int CircleCorners = 96;

    /// <summary>Corners of the half circle at the end of a stroke, which is a few pixels wide.</summary>
    private const int CapCorners = 8;

    public static Vector2[] Rectangle(float left, float top, float right, float bottom) =>
        [new(left, top), new(right, top), new(right, bottom), new(left, bottom)];

    public static Vector2[] Disc(Vector2 center, float radius) => Ellipse(center, new Vector2(radius));

    public static Vector2[] Ellipse(Vector2 center, Vector2 radii)
    {
        var corners = new Vector2[CircleCorners];
        for (int i = 0; i < CircleCorners; i++)
            corners[i] = center + (radii * Direction(i / (float)CircleCorners));
        return corners;
    }

    /// <summary>A straight line of a certain width, with round ends.</summary>
    public static Vector2[] Stroke(Vector2 from, Vector2 to, float width)
    {
        Vector2 along = from == to ? Vector2.UnitX : Vector2.Normalize(to - from);
        float heading = MathF.Atan2(along.Y, along.X) / MathF.Tau;
        var corners = new Vector2[2 * CapCorners];
        for (int i = 0; i < CapCorners; i++)
        {
            float turn = heading - 0.25f + (i / (2f * (CapCorners - 1)));
            corners[i] = to + (width / 2 * Direction(turn));
            corners[CapCorners + i] = from + (width / 2 * Direction(turn + 0.5f));
        }

        return corners;
    }

    /// <summary>The unit vector of a direction in turns, clockwise from the right (y goes down).</summary>
    public static Vector2 Direction(float turns)
    {
        (float sin, float cos) = MathF.SinCos(turns * MathF.Tau);
        return new Vector2(cos, sin);
    }
}
