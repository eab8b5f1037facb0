using System.Buffers.Binary;
using Zssr.Tensors;

namespace Zssr.Nn.Onnx;

/// <summary>A constant of float32, such as the weights of a layer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">The sizes of its axes in ONNX's order: weights are [out, in, kernel height, kernel width].</param>
/// <param name="Elements">Its elements, the last axis running fastest.</param>
internal sealed record OnnxTensor(string Name, Shape Shape, float[] Elements)
{
    /// <summary>TensorProto.DataType.FLOAT.</summary>
    public const int Float32 = 1;

    /// <summary>Writes the fields of a <c>TensorProto</c>; elements are bytes in little-endian order.</summary>
    public void Write(ProtobufMessage tensor)
    {
        foreach (int size in Shape)
            tensor.Add(1, size);
        tensor.Add(2, Float32);
        tensor.Add(8, Name);
        byte[] bytes = new byte[Elements.Length * sizeof(float)];
        for (int i = 0; i < Elements.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), Elements[i]);
        tensor.Add(9, bytes);
    }
}
