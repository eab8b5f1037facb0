namespace Zssr.Tensors;

/// <summary>How many pixels an axis has after resizing by a factor, and the checks that all resizes share.</summary>
internal static class ResizeLengths
{
    /// <summary>Pixels of the longest axis that can be resized: tables of a few entries a pixel must fit into memory.</summary>
    public const int Longest = 1 << 24;

    /// <summary>
    /// ⌈exact⌉, where a product within one part in 10⁹ of a whole number is that number: 100 · 1.1 is 110.00000000000001 in floating point,
    /// and must not become 111 pixels.
    /// </summary>
    public static int Ceiling(string operation, double exact)
    {
        double whole = Math.Round(exact);
        double length = Math.Abs(exact - whole) <= 1e-9 * whole ? whole : Math.Ceiling(exact);
        if (length > Longest)
            throw new ShapeException($"{operation}: the result would be {exact:G6} pixels long, more than {Longest}. Ask for a smaller one.");

        return (int)Math.Max(length, 1);
    }

    /// <summary>Refuses lengths below 1 (an axis without pixels has nothing to sample) and beyond <see cref="Longest"/>.</summary>
    public static void RequirePixels(string operation, string what, int length)
    {
        if (length < 1)
            throw new ShapeException($"{operation}: the {what} is {length} pixels long; it must be 1 or more.");
        if (length > Longest)
            throw new ShapeException($"{operation}: the {what} is {length} pixels long, more than {Longest}. Work on tiles of the image.");
    }

    /// <summary>Refuses scales that are not positive, finite numbers.</summary>
    public static void RequireScale(string operation, string parameter, double scale)
    {
        if (!(scale > 0 && double.IsFinite(scale)))
        {
            throw new ArgumentOutOfRangeException(
                parameter,
                scale,
                $"{operation}: the {parameter} is {scale}; it must be a positive, finite number, such as 2 or 0.5.");
        }
    }
}
