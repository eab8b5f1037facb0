namespace Zssr.Tensors;

/// <summary>
/// A batch of images cut into tiles, numbered row by row. Tile (i, j) covers rows 4i − offset … and columns 4j − offset … of its image,
/// as many as its size; pixels over the border are zero where they are read and dropped where they are written.
/// </summary>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Channels">Numbers of a pixel, a multiple of 16.</param>
/// <param name="Down">Tiles from an image's top to its bottom.</param>
/// <param name="Across">Tiles from its left to its right.</param>
/// <param name="Offset">Rows above and columns left of the image that the first tile covers.</param>
/// <param name="Size">Rows and columns of a tile: 6 of what is read, 4 of what is written.</param>
internal readonly record struct WinogradTiles(int Height, int Width, int Channels, int Down, int Across, int Offset, int Size)
{
    /// <summary>Rows and columns of a tile's products, 6, for tiles that are written.</summary>
    public int Products => Size + WinogradTransforms.Taps - 1;

    /// <summary>The image that a tile lies in.</summary>
    public int Image(int tile) => tile / Across / Down;

    /// <summary>The first row that a tile covers.</summary>
    public int Top(int tile) => tile / Across % Down * WinogradTransforms.Outputs - Offset;

    /// <summary>The first column that a tile covers.</summary>
    public int Left(int tile) => tile % Across * WinogradTransforms.Outputs - Offset;

    /// <summary>Whether an image has this pixel.</summary>
    public bool Contains(int row, int column) => row >= 0 && row < Height && column >= 0 && column < Width;

    /// <summary>Where a pixel's channels begin.</summary>
    public int At(int image, int row, int column) => ((image * Height + row) * Width + column) * Channels;
}
