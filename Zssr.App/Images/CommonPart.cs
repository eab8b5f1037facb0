namespace Zssr.App.Images;

/// <summary>
/// What can be compared of a picture and another that was shrunk and enlarged again: sizes that the scale does not divide come back a few
/// pixels larger or smaller. The upper left corner stays where it was, so the rows below and the columns to the right are left out.
/// </summary>
internal static class CommonPart
{
    /// <summary>The size of the part that both have; null where the sizes differ by more than rounding explains.</summary>
    /// <param name="one">Rows and columns of one.</param>
    /// <param name="other">And of the other.</param>
    /// <param name="scale">The scale rounded up: less than that they may differ in each direction.</param>
    public static (int Height, int Width)? Of((int Height, int Width) one, (int Height, int Width) other, int scale)
    {
        if (one == other)
            return one;
        return Math.Abs(one.Height - other.Height) < scale && Math.Abs(one.Width - other.Width) < scale
            ? (Math.Min(one.Height, other.Height), Math.Min(one.Width, other.Width)) : null;
    }

    /// <summary>The sentence for the user where they differ.</summary>
    public static string Note((int Height, int Width) part) =>
        $"the sizes differ by less than the scale, so the upper left {part.Width} x {part.Height} pixels are compared.";
}
