namespace Zssr.Tensors;

/// <summary>
/// Where in its original every pixel of a warped image lies: output pixel (i, j) is found at row u = A·i + B·j + C and column
/// v = D·i + E·j + F of the input. Positions are pixel centres, counted from 0 at the first pixel, rows downwards; the image's own
/// corner is therefore at (−½, −½). For <see cref="Warp.Affine"/>.
/// </summary>
/// <remarks>
/// It leads from the output to the input, so it does to positions the opposite of what happens to the picture:
/// <c>Translate(2, 0)</c> lifts the picture by two rows, <c>Scale(0.5, 0.5).About(-0.5, -0.5)</c> doubles its size with the geometry
/// of MATLAB's imresize. Only <see cref="Rotate"/> is named after what the picture does.
/// </remarks>
/// <param name="A">Rows of the input for each row of the output.</param>
/// <param name="B">Rows of the input for each column of the output.</param>
/// <param name="C">The row of the input where output pixel (0, 0) lies.</param>
/// <param name="D">Columns of the input for each row of the output.</param>
/// <param name="E">Columns of the input for each column of the output.</param>
/// <param name="F">The column of the input where output pixel (0, 0) lies.</param>
public readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Every pixel lies where it is: (u, v) = (i, j).</summary>
    public static AffineMap Identity => new(1, 0, 0, 0, 1, 0);

    /// <summary>Whether all six numbers are finite.</summary>
    public bool IsFinite =>
        double.IsFinite(A) && double.IsFinite(B) && double.IsFinite(C) && double.IsFinite(D) && double.IsFinite(E) && double.IsFinite(F);

    /// <summary>(u, v) = (i + rows, j + columns).</summary>
    public static AffineMap Translate(double rows, double columns) => new(1, 0, rows, 0, 1, columns);

    /// <summary>(u, v) = (rows · i, columns · j), about pixel (0, 0); negative factors mirror.</summary>
    public static AffineMap Scale(double rows, double columns) => new(rows, 0, 0, 0, columns, 0);

    /// <summary>
    /// The picture turned counter-clockwise about pixel (0, 0), as <see cref="Orientation.Rotate90"/> turns it:
    /// (u, v) = (i · cos α + j · sin α, −i · sin α + j · cos α).
    /// </summary>
    /// <param name="radians">α.</param>
    public static AffineMap Rotate(double radians)
    {
        (double sin, double cos) = Math.SinCos(radians);
        return new(cos, sin, 0, -sin, cos, 0);
    }

    /// <summary>(u, v) = (i + rowsPerColumn · j, j + columnsPerRow · i).</summary>
    public static AffineMap Shear(double rowsPerColumn, double columnsPerRow) => new(1, rowsPerColumn, 0, columnsPerRow, 1, 0);

    /// <summary>
    /// The position mapped by this, then by the next. Warping by <c>first</c> and the result by <c>second</c> is one warp by
    /// <c>second.Then(first)</c>, since maps lead back to the input; one warp loses less sharpness than two.
    /// </summary>
    public AffineMap Then(AffineMap next)
    {
        (double c, double f) = next.Apply(C, F);
        return new(
            next.A * A + next.B * D, next.A * B + next.B * E, c,
            next.D * A + next.E * D, next.D * B + next.E * E, f);
    }

    /// <summary>The same about another point than pixel (0, 0): (0, 0) moved there, this, and moved back.</summary>
    public AffineMap About(double row, double column) => Translate(-row, -column).Then(this).Then(Translate(row, column));

    /// <summary>The position (u, v) in the input of a position (i, j) in the output.</summary>
    public (double Row, double Column) Apply(double row, double column) => (A * row + B * column + C, D * row + E * column + F);

    /// <summary>The map that leads back: <c>map.Then(map.Inverse())</c> is the identity, but for rounding.</summary>
    /// <exception cref="InvalidOperationException">The map has none: it squeezes the image to a line or a point.</exception>
    public AffineMap Inverse()
    {
        double determinant = A * E - B * D;
        var inverse = new AffineMap(
            E / determinant, -B / determinant, (B * F - E * C) / determinant,
            -D / determinant, A / determinant, (D * C - A * F) / determinant);
        if (!inverse.IsFinite)
            throw new InvalidOperationException($"{this} has no inverse: its determinant A·E − B·D is {determinant}.");
        return inverse;
    }
}
