using System.Numerics;
using Zssr.App.Drawing;

namespace Zssr.App.Samples;

/// <summary>Repeating patterns, each a colour at every point of the plane.</summary>
internal static class Textures
{
    /// <summary>A wall of bricks, each row shifted by half a brick.</summary>
    /// <param name="rowHeight">From one row to the next; a brick is 2.6 times as long.</param>
    /// <param name="light">The colour of the lightest bricks.</param>
    /// <param name="dark">The colour of the darkest.</param>
    /// <param name="mortar">The colour between them.</param>
    public static Paint Bricks(float rowHeight, Vector3 light, Vector3 dark, Vector3 mortar)
    {
        const float MortarShare = 0.2f, Aspect = 2.6f;
        return point =>
        {
            float y = point.Y / rowHeight;
            int row = (int)MathF.Floor(y);
            float x = (point.X / (Aspect * rowHeight)) + (0.5f * (row & 1));
            int column = (int)MathF.Floor(x);
            bool isMortar = y - row < MortarShare || x - column < MortarShare / Aspect;
            return isMortar ? mortar : Vector3.Lerp(light, dark, Scatter(row, column));
        };
    }

    /// <summary>Overlapping round tiles, like the scales of a fish.</summary>
    /// <param name="width">Of a tile; each row is 0.75 times as high.</param>
    /// <param name="light">The colour at a tile's lower edge.</param>
    /// <param name="dark">The colour at its upper end.</param>
    /// <param name="edge">The colour of the line around a tile.</param>
    public static Paint RoundTiles(float width, Vector3 light, Vector3 dark, Vector3 edge)
    {
        const float RowHeight = 0.75f, Line = 0.09f;
        return point =>
        {
            float x = point.X / width, y = point.Y / (RowHeight * width);
            int row = (int)MathF.Floor(y);
            float below = (y - row) * RowHeight;
            // The half circle of the tile above hangs into this row.
            float rim = HalfCircle(x + (0.5f * ((row - 1) & 1)));
            if (MathF.Abs(below - rim) < Line)
                return edge;
            float toRim = below < rim ? rim - below : RowHeight - below + HalfCircle(x + (0.5f * (row & 1)));
            return Vector3.Lerp(light, dark, toRim / (RowHeight + 0.5f));
        };

        static float HalfCircle(float x)
        {
            float fromMiddle = x - MathF.Floor(x) - 0.5f;
            return MathF.Sqrt(MathF.Max(0, 0.25f - (fromMiddle * fromMiddle)));
        }
    }

    /// <summary>A tiled floor seen by someone who stands on it.</summary>
    /// <param name="vanishing">The point at which all its lines meet.</param>
    /// <param name="nearEdge">The height in the picture at which a tile is as wide as <paramref name="tile"/>.</param>
    /// <param name="tile">A tile's side.</param>
    /// <param name="light">The colour of every other tile.</param>
    /// <param name="dark">The colour of the tiles between.</param>
    /// <param name="haze">What both fade into far away.</param>
    public static Paint Floor(Vector2 vanishing, float nearEdge, float tile, Vector3 light, Vector3 dark, Vector3 haze)
    {
        float eyeHeight = nearEdge - vanishing.Y;
        return point =>
        {
            float distance = eyeHeight / MathF.Max(point.Y - vanishing.Y, 1e-4f);
            float across = (point.X - vanishing.X) * distance / tile;
            float away = distance * eyeHeight / tile * 3;
            bool isLight = (((int)MathF.Floor(across) + (int)MathF.Floor(away)) & 1) == 0;
            return Vector3.Lerp(isLight ? light : dark, haze, Math.Clamp((distance - 1) / 8, 0, 0.8f));
        };
    }

    /// <summary>Stripes of equal width, at right angles to a direction.</summary>
    /// <param name="direction">From one stripe to the next; its length is that distance.</param>
    /// <param name="first">The colour of every other stripe.</param>
    /// <param name="second">The colour of the stripes between.</param>
    public static Paint Stripes(Vector2 direction, Vector3 first, Vector3 second)
    {
        Vector2 scaled = direction / direction.LengthSquared();
        return point => ((int)MathF.Floor(Vector2.Dot(point, scaled)) & 1) == 0 ? first : second;
    }

    /// <summary>A number 0…1 that looks random, always the same for the same place.</summary>
    private static float Scatter(int row, int column)
    {
        uint bits = ((uint)row * 0x9E3779B1u) ^ ((uint)column * 0x85EBCA77u);
        bits = (bits ^ (bits >> 15)) * 0x2C1B3C6Du;
        return (bits >> 24) / 255f;
    }
}
