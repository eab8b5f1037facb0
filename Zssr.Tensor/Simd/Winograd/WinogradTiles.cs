namespace Zssr.Tensors.Simd;

/// <summary>
/// A batch of images cut into tiles, numbered row by row. Tile (i, j) covers rows 4i − top … and columns 4j − left … of its image, as many as
/// its size; where it reaches over the border, pixels are zero.
/// </summary>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Channels">Floats of a pixel.</param>
/// <param name="Down">Tiles from an image's top to its bottom.</param>
/// <param name="Across">Tiles from its left to its right.</param>
/// <param name="Offset">Rows above and columns left of the image that the first tile covers.</param>
/// <param name="Size">Rows and columns of a tile: 6 of what is read, 4 of what is written.</param>
internal readonly unsafe record struct WinogradTiles(int Height, int Width, int Channels, int Down, int Across, int Offset, int Size)
{
    /// <summary>Floats of a tile.</summary>
    public int Floats => Size * Size * Channels;

    /// <summary>
    /// Where a tile's pixels are, and how far it is from row to row: in the images themselves, or, for a tile that reaches over the border,
    /// in a copy with zeros around.
    /// </summary>
    public float* Read(float* images, int tile, float* room, out nint rowStep)
    {
        Place(tile, out long image, out int top, out int left);
        float* first = images + ((image * Height + top) * Width + left) * Channels;
        rowStep = (nint)Width * Channels;
        if (IsInside(top, left))
            return first;

        new Span<float>(room, Floats).Clear();
        Clip(top, Height, out int firstRow, out int endRow);
        Clip(left, Width, out int firstColumn, out int endColumn);
        long bytes = Math.Max(0, endColumn - firstColumn) * (long)Channels * sizeof(float);
        for (int row = firstRow; row < endRow; row++)
            Buffer.MemoryCopy(first + row * rowStep + firstColumn * Channels, room + (row * Size + firstColumn) * Channels, bytes, bytes);
        rowStep = (nint)Size * Channels;
        return room;
    }

    /// <summary>Where a tile's pixels are to be written: like <see cref="Read"/>, to be followed by <see cref="Finish"/>.</summary>
    public float* Target(float* images, int tile, float* room, out nint rowStep)
    {
        Place(tile, out long image, out int top, out int left);
        bool inside = IsInside(top, left);
        rowStep = inside ? (nint)Width * Channels : (nint)Size * Channels;
        return inside ? images + ((image * Height + top) * Width + left) * Channels : room;
    }

    /// <summary>Copies the part of a tile that lies inside the image to its place, if it was not written there.</summary>
    public void Finish(float* images, int tile, float* written)
    {
        Place(tile, out long image, out int top, out int left);
        if (IsInside(top, left))
            return;
        float* first = images + ((image * Height + top) * Width + left) * Channels;
        Clip(top, Height, out int firstRow, out int endRow);
        Clip(left, Width, out int firstColumn, out int endColumn);
        long bytes = Math.Max(0, endColumn - firstColumn) * (long)Channels * sizeof(float);
        for (int row = firstRow; row < endRow; row++)
        {
            float* to = first + (nint)row * Width * Channels + firstColumn * Channels;
            Buffer.MemoryCopy(written + (row * Size + firstColumn) * Channels, to, bytes, bytes);
        }
    }

    private void Place(int tile, out long image, out int top, out int left)
    {
        (int line, int j) = Math.DivRem(tile, Across);
        (int n, int i) = Math.DivRem(line, Down);
        (image, top, left) = (n, i * WinogradTransforms.Outputs - Offset, j * WinogradTransforms.Outputs - Offset);
    }

    private bool IsInside(int top, int left) => top >= 0 && left >= 0 && top + Size <= Height && left + Size <= Width;

    /// <summary>Which rows (or columns) of a tile lie inside the image.</summary>
    private void Clip(int start, int length, out int first, out int end) =>
        (first, end) = (Math.Max(0, -start), Math.Min(Size, length - start));
}
