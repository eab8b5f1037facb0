namespace Zssr.Nn.Onnx;

/// <summary>An operator applied to values, which are known by their names.</summary>
/// <param name="Operator">What it does: Conv, Relu, Add.</param>
/// <param name="Inputs">The names of what it is applied to.</param>
/// <param name="Output">The name of its result, and its own.</param>
/// <param name="Attributes">What it is made with, lists of whole numbers such as <c>strides</c>.</param>
internal sealed record OnnxNode(
    string Operator, IReadOnlyList<string> Inputs, string Output, params IReadOnlyList<(string Name, int[] Values)> Attributes)
{
    /// <summary>AttributeProto.AttributeType.INTS.</summary>
    private const int WholeNumbers = 7;

    /// <summary>Writes the fields of a <c>NodeProto</c>.</summary>
    public void Write(ProtobufMessage node)
    {
        foreach (string input in Inputs)
            node.Add(1, input);
        node.Add(2, Output);
        node.Add(3, Output);
        node.Add(4, Operator);
        foreach ((string name, int[] values) in Attributes)
        {
            node.Add(5, attribute =>
            {
                attribute.Add(1, name);
                foreach (int value in values)
                    attribute.Add(8, value);
                attribute.Add(20, WholeNumbers);
            });
        }
    }
}
