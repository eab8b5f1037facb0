using System.Buffers.Binary;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>An array that is written in half precision: each element is rounded to the nearest, ties to even.</summary>
internal sealed class SafetensorsHalves(Shape shape, Half[] elements) : SafetensorsEntry(SafetensorsType.F16, shape)
{
    public override SafetensorsType WrittenAs => SafetensorsType.F16;

    public override long ByteCount => 2L * elements.Length;

    public override float[] Floats() => Array.ConvertAll(elements, x => (float)x);

    public override double[] Doubles() => Array.ConvertAll(elements, x => (double)x);

    public override void WriteElements(Stream stream)
    {
        byte[] bytes = new byte[2 * elements.Length];
        for (int i = 0; i < elements.Length; i++)
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), elements[i]);
        stream.Write(bytes);
    }
}
