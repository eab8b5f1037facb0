namespace Zssr.Nn.Onnx;

/// <summary>What the graph is given or gives: images [batch, channels, height, width] of float32, whose number and size are free.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Channels">How many channels.</param>
/// <param name="Doc">What it is, for people.</param>
/// <param name="Size">The names of its rows and columns; images of the same names have the same size.</param>
internal sealed record OnnxImage(string Name, int Channels, string Doc, (string Height, string Width) Size)
{
    /// <summary>The size of images that are as large as what the network is given.</summary>
    public static (string Height, string Width) Same => ("height", "width");

    /// <summary>The size of images that a network has enlarged.</summary>
    public static (string Height, string Width) Large => ("large_height", "large_width");

    /// <summary>Writes the fields of a <c>ValueInfoProto</c>.</summary>
    public void Write(ProtobufMessage value)
    {
        value.Add(1, Name);
        value.Add(2, type => type.Add(1, tensor =>
        {
            tensor.Add(1, OnnxTensor.Float32);
            tensor.Add(2, shape =>
            {
                shape.Add(1, dimension => dimension.Add(2, "batch"));
                shape.Add(1, dimension => dimension.Add(1, Channels));
                shape.Add(1, dimension => dimension.Add(2, Size.Height));
                shape.Add(1, dimension => dimension.Add(2, Size.Width));
            });
        }));
        value.Add(3, Doc);
    }
}
