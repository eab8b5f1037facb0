namespace Zssr.Tensors;

/// <summary>
/// A rectangle laid over every image of a batch: y[n, i, j, c] = x[n, Top + i, Left + j, c]. It may reach beyond the image on any
/// side, where y is 0; so a crop, a border of zeros and their adjoints are all windows.
/// </summary>
/// <param name="SourceHeight">Rows of x.</param>
/// <param name="SourceWidth">Columns of x.</param>
/// <param name="Channels">C of both.</param>
/// <param name="Top">The row of x that becomes the first row of y; negative above the image.</param>
/// <param name="Left">The column of x that becomes the first column of y; negative left of the image.</param>
/// <param name="Height">Rows of y.</param>
/// <param name="Width">Columns of y.</param>
internal readonly record struct WindowGeometry(int SourceHeight, int SourceWidth, int Channels, int Top, int Left, int Height, int Width)
{
    /// <summary>Which element of x belongs to an element of y, both counted from the first; -1 outside x.</summary>
    public int SourceOf(int index)
    {
        int channel = index % Channels;
        int pixel = index / Channels;
        int column = pixel % Width + Left;
        int line = pixel / Width;
        int row = line % Height + Top;
        int image = line / Height;
        bool isInside = row >= 0 && row < SourceHeight && column >= 0 && column < SourceWidth;
        return isInside ? ((image * SourceHeight + row) * SourceWidth + column) * Channels + channel : -1;
    }
}
