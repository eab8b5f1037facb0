namespace Zssr.Nn;

/// <summary>The outline of a leaf, in coordinates of its own: its middle is 0, and it lies within the circle of radius √2.</summary>
internal abstract class LeafOutline
{
    /// <summary>Whether a point is inside.</summary>
    public abstract bool Holds(double x, double y);

    /// <summary>An outline of a random kind: an ellipse (a disc often), a box, or a polygon of three to seven corners.</summary>
    public static LeafOutline Draw(LeafRandom random)
    {
        double aspect = random.Chance(0.25) ? 1 : random.Between(0.2, 1);
        return random.Below(5) switch
        {
            0 or 1 => new Ellipse(aspect),
            2 or 3 => new Box(aspect),
            _ => ConvexPolygon.Draw(random, 3 + random.Below(5)),
        };
    }

    /// <summary>x² + (y / aspect)² ≤ 1.</summary>
    private sealed class Ellipse(double aspect) : LeafOutline
    {
        public override bool Holds(double x, double y) => x * x + y * y / (aspect * aspect) <= 1;
    }

    /// <summary>|x| ≤ 1 and |y| ≤ aspect: a line where the aspect is small.</summary>
    internal sealed class Box(double aspect) : LeafOutline
    {
        public override bool Holds(double x, double y) => Math.Abs(x) <= 1 && Math.Abs(y) <= aspect;
    }

    /// <summary>What the lines through neighbouring corners on a circle have on their inner side.</summary>
    private sealed class ConvexPolygon((double X, double Y)[] corners) : LeafOutline
    {
        public static ConvexPolygon Draw(LeafRandom random, int corners)
        {
            var drawn = new List<(double X, double Y)>();
            for (int i = 0; i < corners; i++)
                drawn.Add(random.Direction());
            // Counterclockwise, the lower half first; without an angle, which would need an arc tangent.
            return new ConvexPolygon([.. drawn.OrderBy(p => p.Y >= 0).ThenBy(p => p.Y >= 0 ? -p.X : p.X)]);
        }

        public override bool Holds(double x, double y)
        {
            if (x * x + y * y > 1)
                return false;
            for (int i = 0; i < corners.Length; i++)
            {
                (double fromX, double fromY) = corners[i];
                (double toX, double toY) = corners[(i + 1) % corners.Length];
                if ((toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX) < 0)
                    return false;
            }

            return true;
        }
    }
}
