using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>How long and wide the tiles of an enlargement are.</summary>
internal static class TileSide
{
    /// <summary>Memory for the copies of a tile where there is enough: longer tiles repeat less work at their borders.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>Besides the answers to the copies, as many images of a tile are there at a time: turned, clamped, shrunk and so on.</summary>
    private const int OtherImages = 6;

    /// <summary>Rows and columns of a tile of the result.</summary>
    /// <param name="image">The image that is to be enlarged.</param>
    /// <param name="copies">How many turned and mirrored copies of it there are.</param>
    public static int For(Tensor image, int copies)
    {
        long bytesPerPixel = (long)(copies + OtherImages) * image.Shape[3] * image.DType.Size();
        long pixels = TiledInference.BytesOn(image.Device, MostBytes) / bytesPerPixel;
        return Math.Clamp((int)Math.Sqrt(pixels), Enlarger.SmallestTile, Enlarger.LargestTile);
    }

    /// <summary>A side that someone asked for.</summary>
    /// <exception cref="SettingsException">It is outside its range.</exception>
    public static int? Checked(int? side)
    {
        if (side is { } given)
            SettingsCheck.Range("tile", given, Enlarger.SmallestTile, Enlarger.LargestTile);
        return side;
    }
}
