namespace Zssr.Nn;

/// <summary>
/// Something like writing: rows of cells, in each of which a few strokes of one thickness make a sign. Six strokes are possible, two
/// uprights, three bars and a slant; chance chooses.
/// </summary>
internal sealed class WritingOutline : LeafOutline
{
    private const double Margin = 0.18;

    private static readonly (double FromX, double FromY, double ToX, double ToY)[] Strokes =
    [
        (0, 0, 0, 1), (1, 0, 1, 1), (0, 0, 1, 0), (0, 0.5, 1, 0.5), (0, 1, 1, 1), (0, 1, 1, 0),
    ];

    private readonly int[,] _signs;
    private readonly double _thickness;

    private WritingOutline(int[,] signs, double thickness) => (_signs, _thickness) = (signs, thickness);

    /// <summary>A block of writing of 1 to 4 rows, each cell twice as high as it is wide.</summary>
    public static new WritingOutline Draw(LeafRandom random)
    {
        int rows = 1 + random.Below(4);
        int[,] signs = new int[rows, 2 * rows + random.Below(6)];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < signs.GetLength(1); column++)
                signs[row, column] = random.Chance(0.15) ? 0 : Sign(random);
        }

        return new WritingOutline(signs, random.Between(0.08, 0.22));
    }

    /// <inheritdoc/>
    public override bool Holds(double x, double y)
    {
        int rows = _signs.GetLength(0), columns = _signs.GetLength(1);
        // The block is 2 wide; its height follows from the cells'.
        double height = 4.0 * rows / columns;
        double column = (x + 1) / 2 * columns, row = (y + height / 2) / height * rows;
        if (column < 0 || column >= columns || row < 0 || row >= rows)
            return false;
        int sign = _signs[(int)row, (int)column];
        double u = (column - (int)column - Margin) / (1 - 2 * Margin), v = (row - (int)row - Margin) / (1 - 2 * Margin);
        for (int stroke = 0; stroke < Strokes.Length; stroke++)
        {
            if ((sign >> stroke & 1) == 1 && IsNear(Strokes[stroke], u, v))
                return true;
        }

        return false;
    }

    /// <summary>A bit for each stroke: one of the uprights, and each of the six with a probability of 0.4.</summary>
    private static int Sign(LeafRandom random)
    {
        int sign = 1 << random.Below(2);
        for (int stroke = 0; stroke < Strokes.Length; stroke++)
            sign |= random.Chance(0.4) ? 1 << stroke : 0;
        return sign;
    }

    /// <summary>Whether the distance to the stroke is at most half of the thickness, measured in the cell's width.</summary>
    private bool IsNear((double FromX, double FromY, double ToX, double ToY) stroke, double u, double v)
    {
        // A cell is twice as high as wide: distances along v count twice.
        (double alongX, double alongY) = (stroke.ToX - stroke.FromX, 2 * (stroke.ToY - stroke.FromY));
        (double x, double y) = (u - stroke.FromX, 2 * (v - stroke.FromY));
        double share = Math.Clamp((x * alongX + y * alongY) / (alongX * alongX + alongY * alongY), 0, 1);
        (double awayX, double awayY) = (x - share * alongX, y - share * alongY);
        return awayX * awayX + awayY * awayY <= _thickness * _thickness;
    }
}
