namespace Zssr.Tensors;

/// <summary>
/// Where the elements of a small image of many channels lie in a large one of few: pixel (i, j), channel (r·bh + s)·C + c of the small
/// one is pixel (bv·i + r, bh·j + s), channel c of the large one.
/// </summary>
/// <param name="Height">Rows of the small image.</param>
/// <param name="Width">Columns of the small image.</param>
/// <param name="BlockRows">bv, rows of the large image for each of the small one.</param>
/// <param name="BlockColumns">bh, columns of the large image for each of the small one.</param>
/// <param name="Channels">C, channels of the large image.</param>
internal readonly record struct SubPixelGeometry(int Height, int Width, int BlockRows, int BlockColumns, int Channels)
{
    /// <summary>Elements of a row of a block, which lie contiguous in both images.</summary>
    public int Run => BlockColumns * Channels;

    /// <summary>Which element of the small image belongs to an element of the large one, both counted from the first.</summary>
    public int DeepOf(int index)
    {
        // The large image's rows, read in runs: (n, i, r, j) in this order; the small image has them as (n, i, j, r).
        int run = index / Run;
        int j = run % Width;
        int line = run / Width;
        int r = line % BlockRows;
        int row = line / BlockRows;
        return ((row * Width + j) * BlockRows + r) * Run + index % Run;
    }

    /// <summary>Which element of the large image belongs to an element of the small one, both counted from the first.</summary>
    public int SpaceOf(int index)
    {
        int run = index / Run;
        int r = run % BlockRows;
        int pixel = run / BlockRows;
        int j = pixel % Width;
        int row = pixel / Width;
        return ((row * BlockRows + r) * Width + j) * Run + index % Run;
    }
}
