using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Runs a network over a large image in bands of rows, so that the activations of its layers, many times the size of the image, are never
/// there for the whole image at once. A band is read with a margin of rows that its result depends on.
/// </summary>
/// <param name="activationBytesPerPixel">Bytes of a pixel's activations in one layer.</param>
/// <param name="margin">Rows above and below on which a result may depend.</param>
/// <param name="mostBytes">The most that the activations of a layer may take; a band has at least a few rows even so.</param>
internal sealed class BandedInference(int activationBytesPerPixel, int margin, long mostBytes = BandedInference.MostBytes)
{
    private const long MostBytes = 144L << 20;

    /// <summary>Bands start at multiples of this: the tiles of Winograd's convolution then lie as they do in the whole image.</summary>
    private const int Alignment = 4;

    /// <summary>network(x) for an image [1, H, W, C], bit for bit, if the network's answer depends on no more rows than the margin.</summary>
    public Tensor Run(Tensor x, Func<Tensor, Tensor> network)
    {
        int height = x.Shape[1], rows = RowsOfBand(height, x.Shape[2]);
        if (x.Shape[0] != 1 || rows >= height)
            return network(x);

        var bands = new List<Tensor>();
        try
        {
            for (int top = 0; top < height; top += rows)
                bands.Add(Band(x, top, Math.Min(rows, height - top), network));
            using Tensor joined = Concatenation.Batch([.. bands]);
            return joined.Reshape([1, .. joined.Shape]);
        }
        finally
        {
            foreach (Tensor band in bands)
                band.Dispose();
        }
    }

    /// <summary>Rows of the result that a band makes: as equal as alignment allows, and so few that a layer stays below its limit.</summary>
    private int RowsOfBand(int height, int width)
    {
        long fitting = mostBytes / ((long)width * activationBytesPerPixel);
        if (fitting >= height)
            return height;
        long most = Math.Max(Alignment, fitting - 2L * margin);
        int count = (int)((height + most - 1) / most);
        return ((height + count - 1) / count + Alignment - 1) / Alignment * Alignment;
    }

    /// <summary>Some rows of the result, [rows, W, C].</summary>
    private Tensor Band(Tensor x, int top, int rows, Func<Tensor, Tensor> network)
    {
        int first = Math.Max(0, top - margin), end = Math.Min(x.Shape[1], top + rows + margin);
        using Tensor source = Window.Crop(x, first, 0, end - first, x.Shape[2]);
        using Tensor answer = network(source);
        using Tensor band = Window.Crop(answer, top - first, 0, rows, x.Shape[2]);
        return band.Reshape([rows, band.Shape[2], band.Shape[3]]);
    }
}
