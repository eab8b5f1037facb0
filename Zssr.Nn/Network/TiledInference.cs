using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Runs a network over a large image in tiles, so that the activations of its layers, many times the size of the image, are never there
/// for the whole image at once. A tile is read with a margin of pixels that its result depends on.
/// </summary>
/// <param name="activationBytesPerPixel">Bytes of a pixel's activations in one layer.</param>
/// <param name="margin">Pixels on every side on which a result may depend.</param>
/// <param name="mostBytes">The most that the activations of a layer may take; a tile is at least twice as large as its margin even so.</param>
/// <param name="enlargement">By how much the network's answer is larger than the image; null where it is not.</param>
internal sealed class TiledInference(int activationBytesPerPixel, int margin, long mostBytes, WholeScale? enlargement = null)
{
    /// <summary>What a layer's activations may take where there is memory enough.</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>Tiles start at multiples of this: the tiles of Winograd's convolution then lie as they do in the whole image.</summary>
    public const int Alignment = 4;

    /// <summary>
    /// The share of the device's memory that the activations of a layer may take, of which there are two at a time, and likewise the
    /// turned copies of a tile: together a quarter at most.
    /// </summary>
    private const int ShareOfMemory = 16;

    private readonly WholeScale _enlargement = enlargement ?? WholeScale.One;
    private readonly long _mostPixels = Math.Max(mostBytes / activationBytesPerPixel, 16L * margin * margin);

    /// <summary>So many bytes, or what the device has for such a purpose.</summary>
    public static long BytesOn(Device device, long most) =>
        device.MemoryBytes > 0 ? Math.Min(most, device.MemoryBytes / ShareOfMemory) : most;

    /// <summary>
    /// network(x) for an image [1, H, W, C], of as many channels, bit for bit, if the network's answer depends on no more pixels than the
    /// margin.
    /// </summary>
    public Tensor Run(Tensor x, Func<Tensor, Tensor> network)
    {
        PixelArea whole = PixelArea.Whole(x);
        if (x.Shape[0] != 1 || whole.Count <= _mostPixels)
            return network(x);

        PixelArea large = _enlargement.Enlarge(whole);
        Tensor result = Tensor.Zeros(x.Device, [1, large.Rows.Length, large.Columns.Length, x.Shape[3]], x.DType);
        try
        {
            (int rows, int columns) = SizeOfTile(whole.Rows.Length, whole.Columns.Length);
            for (int top = 0; top < whole.Rows.Length; top += rows)
            {
                for (int left = 0; left < whole.Columns.Length; left += columns)
                {
                    int height = Math.Min(rows, whole.Rows.Length - top), width = Math.Min(columns, whole.Columns.Length - left);
                    using Tensor tile = Tile(x, new PixelArea(top, left, height, width), network);
                    Window.Place(tile, result, top * _enlargement.Vertical, left * _enlargement.Horizontal);
                }
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private Tensor Tile(Tensor x, PixelArea area, Func<Tensor, Tensor> network)
    {
        PixelArea read = area.Grown(margin, x.Shape[1], x.Shape[2]);
        using Tensor source = Window.Crop(x, read);
        using Tensor answer = network(source);
        return Window.Crop(answer, _enlargement.Enlarge(area).From(_enlargement.Enlarge(read)));
    }

    /// <summary>Rows and columns of the tiles that read the fewest pixels in all, among those that stay below the limit.</summary>
    private (int Rows, int Columns) SizeOfTile(int height, int width)
    {
        (int Rows, int Columns) best = (Alignment, Alignment);
        double least = double.PositiveInfinity;
        for (int across = 1; across <= (width + Alignment - 1) / Alignment; across++)
        {
            int columns = EqualParts(width, across);
            long columnsRead = Math.Min(columns + 2L * margin, width);
            long rowsRead = _mostPixels / columnsRead;
            long fitting = rowsRead >= height ? height : (rowsRead - 2L * margin) / Alignment * Alignment;
            if (fitting < 1)
                continue;
            int down = (int)((height + fitting - 1) / fitting), rows = EqualParts(height, down);
            double read = columnsRead * Math.Min(rows + 2.0 * margin, height) * across * down;
            if (read < least)
                (best, least) = ((rows, columns), read);
        }

        return best;
    }

    private static int EqualParts(int length, int count) =>
        ((length + count - 1) / count + Alignment - 1) / Alignment * Alignment;
}
