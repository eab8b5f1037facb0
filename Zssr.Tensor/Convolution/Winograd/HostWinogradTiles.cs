namespace Zssr.Tensors;

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
internal readonly unsafe record struct HostWinogradTiles(int Height, int Width, int Channels, int Down, int Across, int Offset, int Size)
{
    /// <summary>Floats of a tile.</summary>
    public int Floats => Size * Size * Channels;

    /// <summary>
    /// Where a tile's pixels are, and how far it is from row to row: in the images themselves, or in a copy, where the tile reaches over the
    /// border (zeros stand around then) or the source is not a tensor as it is.
    /// </summary>
    public float* Read<V, S>(in PixelSource images, int tile, float* room, out nint rowStep)
        where V : struct
        where S : struct, ISimd<V>
    {
        Place(tile, out long image, out int top, out int left);
        bool inside = IsInside(top, left);
        long firstPixel = (image * Height + top) * Width + left;
        if (inside && images.IsPlain)
        {
            rowStep = (nint)Width * Channels;
            return images.Pixels + firstPixel * Channels;
        }

        if (!inside)
            new Span<float>(room, Floats).Clear();
        Clip(top, Height, out int firstRow, out int endRow);
        Clip(left, Width, out int firstColumn, out int endColumn);
        for (int row = firstRow; row < endRow; row++)
        {
            images.Copy<V, S>(
                firstPixel + (long)row * Width + firstColumn, Math.Max(0, endColumn - firstColumn), Channels,
                room + (row * Size + firstColumn) * Channels);
        }

        rowStep = (nint)Size * Channels;
        return room;
    }

    /// <summary>
    /// Asks for the memory of a run of tiles in 36 shares, to be called between one matrix product and the next, while memory is idle.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many tiles.</param>
    /// <param name="share">Which share, 0 to 35.</param>
    public void Prefetch(float* images, int first, int count, int share)
    {
        int rows = count * Size;
        for (int i = rows * share / HostWinogradTransforms.Products; i < rows * (share + 1) / HostWinogradTransforms.Products; i++)
            PrefetchRow(images, first + i / Size, i % Size);
    }

    /// <summary>Asks for one row of a tile, without what the tile shares with its left neighbour.</summary>
    private void PrefetchRow(float* images, int tile, int row)
    {
        Place(tile, out long image, out int top, out int left);
        int first = Math.Max(0, left + Size - HostWinogradTransforms.Outputs), end = Math.Min(Width, left + Size);
        if ((uint)(top + row) < (uint)Height && first < end)
            Zssr.Tensors.Prefetch.Range(images + ((image * Height + top + row) * Width + first) * Channels, (end - first) * Channels);
    }

    /// <summary>Finishes a tile of sums and writes it, but for what lies outside its image.</summary>
    public void Write<V, S>(float* sums, int tile, in HostEpilogue epilogue, float* images)
        where V : struct
        where S : struct, ISimd<V>
    {
        Place(tile, out long image, out int top, out int left);
        Clip(top, Height, out int firstRow, out int endRow);
        Clip(left, Width, out int firstColumn, out int endColumn);
        for (int row = firstRow; row < endRow; row++)
        {
            long pixel = (image * Height + top + row) * Width + left + firstColumn;
            float* rowSums = sums + (row * Size + firstColumn) * Channels;
            epilogue.Write<V, S>(rowSums, Channels, endColumn - firstColumn, images, pixel, 1, Channels);
        }
    }

    private void Place(int tile, out long image, out int top, out int left)
    {
        (int line, int j) = Math.DivRem(tile, Across);
        (int n, int i) = Math.DivRem(line, Down);
        (image, top, left) = (n, i * HostWinogradTransforms.Outputs - Offset, j * HostWinogradTransforms.Outputs - Offset);
    }

    private bool IsInside(int top, int left) => top >= 0 && left >= 0 && top + Size <= Height && left + Size <= Width;

    /// <summary>Which rows (or columns) of a tile lie inside the image.</summary>
    private void Clip(int start, int length, out int first, out int end) =>
        (first, end) = (Math.Max(0, -start), Math.Min(Size, length - start));
}
