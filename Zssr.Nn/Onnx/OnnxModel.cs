namespace Zssr.Nn.Onnx;

/// <summary>
/// A model as an ONNX file holds it: a graph of operators, and what is said about it. The numbers of the fields, here and in the other
/// classes of this folder, are those of <c>onnx.proto</c> (github.com/onnx/onnx).
/// </summary>
/// <param name="Graph">What it computes.</param>
/// <param name="Doc">What it is, for people.</param>
/// <param name="Metadata">The same for programs, by name.</param>
internal sealed record OnnxModel(OnnxGraph Graph, string Doc, IReadOnlyList<(string Name, string Value)> Metadata)
{
    /// <summary>The version of the file format that came with the operators' version, in ONNX 1.12 of 2022.</summary>
    private const int IrVersion = 8;

    /// <summary>The version of the operators.</summary>
    private const int Opset = 17;

    /// <summary>Writes the file; the same model always gives the same bytes. The stream is left open.</summary>
    public void Write(Stream stream)
    {
        using var model = new ProtobufMessage();
        model.Add(1, IrVersion);
        model.Add(2, "zssr");
        model.Add(6, Doc);
        model.Add(7, Graph.Write);
        model.Add(8, opset => opset.Add(2, Opset));
        foreach ((string name, string value) in Metadata)
        {
            model.Add(14, entry =>
            {
                entry.Add(1, name);
                entry.Add(2, value);
            });
        }

        model.WriteTo(stream);
    }
}

/// <summary>A graph of operators, each standing after those whose results it uses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">The operators.</param>
/// <param name="Initializers">Constants, such as weights.</param>
/// <param name="Images">What is given.</param>
/// <param name="Output">What is computed.</param>
internal sealed record OnnxGraph(
    string Name, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Initializers, IReadOnlyList<OnnxImage> Images,
    OnnxImage Output)
{
    /// <summary>Writes the fields of a <c>GraphProto</c>.</summary>
    public void Write(ProtobufMessage graph)
    {
        foreach (OnnxNode node in Nodes)
            graph.Add(1, node.Write);
        graph.Add(2, Name);
        foreach (OnnxTensor initializer in Initializers)
            graph.Add(5, initializer.Write);
        foreach (OnnxImage image in Images)
            graph.Add(11, image.Write);
        graph.Add(12, Output.Write);
    }
}
