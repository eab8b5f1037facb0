using System.Globalization;
using System.Text.Json.Serialization;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>By how much an image grows: rows by <paramref name="Vertical"/>, columns by <paramref name="Horizontal"/>.</summary>
/// <param name="Vertical">2 doubles the rows; fractions are as welcome.</param>
/// <param name="Horizontal">2 doubles the columns; need not equal the vertical scale.</param>
public readonly record struct Scale(double Vertical, double Horizontal)
{
    /// <summary>The same scale for rows and columns.</summary>
    public Scale(double both)
        : this(both, both)
    {
    }

    /// <summary>No change of size.</summary>
    public static Scale One => new(1);

    /// <summary>√(vertical · horizontal): the scale of a square of the same area.</summary>
    [JsonIgnore]
    public double Mean => Math.Sqrt(Vertical * Horizontal);

    /// <summary>Rows and columns that an image of height × width has then: ⌈n · scale⌉, as MATLAB's <c>imresize</c> counts.</summary>
    /// <exception cref="ShapeException">The result would be too large.</exception>
    public (int Height, int Width) SizeOf(int height, int width) =>
        (ImResizePlan.OutputLengthOf(height, Vertical), ImResizePlan.OutputLengthOf(width, Horizontal));

    /// <summary>One scale after another.</summary>
    public static Scale operator *(Scale first, Scale second) =>
        new(first.Vertical * second.Vertical, first.Horizontal * second.Horizontal);

    /// <summary>What is missing from the divisor to the dividend.</summary>
    public static Scale operator /(Scale dividend, Scale divisor) =>
        new(dividend.Vertical / divisor.Vertical, dividend.Horizontal / divisor.Horizontal);

    /// <summary><c>2</c>, or <c>2x3</c> (vertical × horizontal) where they differ.</summary>
    public override string ToString() => Vertical == Horizontal
        ? Vertical.ToString("0.####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Vertical:0.####}x{Horizontal:0.####}");
}
