using System.Globalization;

namespace Zssr.App.Commands;

/// <summary>How many times an image grows or shrinks, in each direction.</summary>
/// <param name="Vertical">Rows after for each row before; of shrinking, before for each after.</param>
/// <param name="Horizontal">Columns, likewise.</param>
internal readonly record struct Scale(double Vertical, double Horizontal)
{
    /// <summary>As it is written on the command line: <c>2</c>, <c>1.5</c>, <c>2x3</c>.</summary>
    public override string ToString() => Vertical == Horizontal
        ? Vertical.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Vertical}x{Horizontal}");
}
