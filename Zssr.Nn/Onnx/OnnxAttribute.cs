namespace Zssr.Nn.Onnx;

/// <summary>What an operator is made with: a whole number such as <c>blocksize</c>, or a list of them such as <c>strides</c>.</summary>
internal sealed class OnnxAttribute
{
    /// <summary>AttributeProto.AttributeType.INT and INTS.</summary>
    private const int WholeNumber = 2, WholeNumbers = 7;

    private readonly string _name;
    private readonly int[] _values;
    private readonly bool _isList;

    private OnnxAttribute(string name, int[] values, bool isList) => (_name, _values, _isList) = (name, values, isList);

    /// <summary>A whole number.</summary>
    public static OnnxAttribute Number(string name, int value) => new(name, [value], isList: false);

    /// <summary>A list of whole numbers.</summary>
    public static OnnxAttribute List(string name, params int[] values) => new(name, values, isList: true);

    /// <summary>Writes the fields of an <c>AttributeProto</c>.</summary>
    public void Write(ProtobufMessage attribute)
    {
        attribute.Add(1, _name);
        foreach (int value in _values)
            attribute.Add(_isList ? 8 : 3, value);
        attribute.Add(20, _isList ? WholeNumbers : WholeNumber);
    }
}
