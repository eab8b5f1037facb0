namespace Zssr.Tests.References;

/// <summary>
/// A batch of images as plain numbers in NHWC order, moved one element at a time from the definitions: the judge of the ops that move.
/// </summary>
public sealed record ImageArray(int Batch, int Height, int Width, int Channels, double[] Elements)
{
    /// <summary>An image whose every element is computed from its place.</summary>
    public static ImageArray Build(int batch, int height, int width, int channels, Func<int, int, int, int, double> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        var elements = new List<double>();
        for (int n = 0; n < batch; n++)
            for (int i = 0; i < height; i++)
                for (int j = 0; j < width; j++)
                    for (int c = 0; c < channels; c++)
                        elements.Add(element(n, i, j, c));
        return new ImageArray(batch, height, width, channels, [.. elements]);
    }

    /// <summary>Elements 1, 2, 3, …: all different and exact in float32.</summary>
    public static ImageArray Counting(int batch, int height, int width, int channels)
    {
        int next = 0;
        return Build(batch, height, width, channels, (_, _, _, _) => ++next);
    }

    /// <summary>The sizes, for a tensor.</summary>
    public int[] Sizes => [Batch, Height, Width, Channels];

    /// <summary>One element; 0 outside the image.</summary>
    public double At(int n, int row, int column, int c) => row < 0 || row >= Height || column < 0 || column >= Width
        ? 0
        : Elements[((n * Height + row) * Width + column) * Channels + c];

    /// <summary>Rows become columns.</summary>
    public ImageArray Transposed() => Build(Batch, Width, Height, Channels, (n, i, j, c) => At(n, j, i, c));

    /// <summary>Left and right exchanged.</summary>
    public ImageArray FlippedHorizontally() => Build(Batch, Height, Width, Channels, (n, i, j, c) => At(n, i, Width - 1 - j, c));

    /// <summary>Top and bottom exchanged.</summary>
    public ImageArray FlippedVertically() => Build(Batch, Height, Width, Channels, (n, i, j, c) => At(n, Height - 1 - i, j, c));

    /// <summary>One counter-clockwise quarter turn: transposed, then upside down.</summary>
    public ImageArray Turned() => Transposed().FlippedVertically();

    /// <summary>A rectangle that may reach outside, where it is 0.</summary>
    public ImageArray Windowed(int top, int left, int height, int width) =>
        Build(Batch, height, width, Channels, (n, i, j, c) => At(n, top + i, left + j, c));
}
