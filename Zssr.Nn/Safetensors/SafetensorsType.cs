using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>A type of elements as the format names it.</summary>
/// <param name="Name">Such as F32, or BF16.</param>
/// <param name="Bits">Bits of an element.</param>
/// <param name="ReadAs">The type that elements have once they are read; null for types that are passed over.</param>
internal sealed record SafetensorsType(string Name, int Bits, DType? ReadAs = null)
{
    public static readonly SafetensorsType F32 = new("F32", 32, DType.Float32), F64 = new("F64", 64, DType.Float64);

    /// <summary>Half precision: every value of it is one of float32.</summary>
    public static readonly SafetensorsType F16 = new("F16", 16, DType.Float32), BF16 = new("BF16", 16, DType.Float32);

    private static readonly SafetensorsType[] All =
    [
        F32, F64, F16, BF16, new("BOOL", 8), new("U8", 8), new("I8", 8), new("U16", 16), new("I16", 16), new("U32", 32), new("I32", 32),
        new("U64", 64), new("I64", 64), new("C64", 64), new("F8_E4M3", 8), new("F8_E5M2", 8), new("F8_E8M0", 8), new("F6_E2M3", 6),
        new("F6_E3M2", 6), new("F4", 4),
    ];

    /// <summary>The type that the elements of a tensor's type are written in.</summary>
    public static SafetensorsType Of(DType dtype) => dtype == DType.Float32 ? F32 : F64;

    /// <summary>The type of a name.</summary>
    /// <exception cref="SafetensorsException">The format has none of this name.</exception>
    public static SafetensorsType Parse(string name, string what) =>
        Array.Find(All, type => type.Name == name) ?? throw new SafetensorsException(
            $"safetensors: {what} has the unknown dtype {SafetensorsText.Quote(name)}; F32, F64, F16 and BF16 are read.");
}
