namespace Zssr.Nn.Onnx;

/// <summary>
/// The last step of a sub-pixel network, which puts channels in their places as pixels. The standard's operator <c>DepthToSpace</c>, in
/// its default mode <c>DCR</c>, does it for square blocks. For others there is <c>ConvTranspose</c>, whose weights are then 0 but for one
/// 1 for each channel: channel (r·bh + s)·C + c of the small image goes to channel c of the block's pixel (r, s).
/// </summary>
internal static class OnnxSubPixels
{
    private const string Output = "sub_pixels", PlacesName = "sub_pixels.weight";

    /// <summary>The operator, applied to a value.</summary>
    public static OnnxNode Node(ZssrNetwork network, string value)
    {
        (int rows, int columns) = (network.Enlargement.Vertical, network.Enlargement.Horizontal);
        return network.Enlargement.IsSquare
            ? new OnnxNode("DepthToSpace", [value], Output, OnnxAttribute.Number("blocksize", rows))
            : new OnnxNode(
                "ConvTranspose", [value, PlacesName], Output,
                OnnxAttribute.List("kernel_shape", rows, columns), OnnxAttribute.List("strides", rows, columns));
    }

    /// <summary>The constants that it needs, if any.</summary>
    public static IEnumerable<OnnxTensor> Initializers(ZssrNetwork network)
    {
        (int rows, int columns, int channels) = (network.Enlargement.Vertical, network.Enlargement.Horizontal, network.Channels);
        if (network.Enlargement.IsSquare)
            yield break;
        // [inputs, outputs, rows, columns]
        int inputs = rows * columns * channels;
        float[] places = new float[inputs * channels * rows * columns];
        for (int input = 0; input < inputs; input++)
        {
            (int pixel, int channel) = Math.DivRem(input, channels);
            places[(((input * channels) + channel) * rows * columns) + pixel] = 1;
        }

        yield return new OnnxTensor(PlacesName, [inputs, channels, rows, columns], places);
    }
}
