namespace Zssr.Nn.Onnx;

/// <summary>An operator applied to values, which are known by their names.</summary>
/// <param name="Operator">What it does: Conv, Relu, Add, DepthToSpace, ConvTranspose.</param>
/// <param name="Inputs">The names of what it is applied to.</param>
/// <param name="Output">The name of its result, and its own.</param>
/// <param name="Attributes">What it is made with.</param>
internal sealed record OnnxNode(
    string Operator, IReadOnlyList<string> Inputs, string Output, params IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>Writes the fields of a <c>NodeProto</c>.</summary>
    public void Write(ProtobufMessage node)
    {
        foreach (string input in Inputs)
            node.Add(1, input);
        node.Add(2, Output);
        node.Add(3, Output);
        node.Add(4, Operator);
        foreach (OnnxAttribute attribute in Attributes)
            node.Add(5, attribute.Write);
    }
}
