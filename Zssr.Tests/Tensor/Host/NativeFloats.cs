using System.Runtime.InteropServices;
using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

/// <summary>
/// Floats at a fixed address, surrounded by guards: <see cref="AssertGuards"/> notices a write before or after them, and a NaN there
/// shows in the results if a kernel reads what is not its own.
/// </summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private const int Guard = 32;
    private readonly float* _memory;

    public NativeFloats(ReadOnlySpan<float> values)
    {
        Length = values.Length;
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)(Length + 2 * Guard) * sizeof(float), 64);
        All.Fill(float.NaN);
        values.CopyTo(Span);
    }

    public NativeFloats(int length)
        : this(new float[length]) => Span.Fill(float.NaN);

    public int Length { get; }

    public float* Start => _memory + Guard;

    public Span<float> Span => new(Start, Length);

    private Span<float> All => new(_memory, Length + 2 * Guard);

    public static implicit operator float*(NativeFloats floats) => floats.Start;

    /// <summary>Values uniform in −1…1.</summary>
    public static NativeFloats Random(Random random, int length)
    {
        var floats = new NativeFloats(length);
        foreach (ref float value in floats.Span)
            value = random.NextSingle() * 2 - 1;
        return floats;
    }

    public float[] ToArray() => Span.ToArray();

    /// <summary>The same numbers as the plain references take them.</summary>
    public HostArray ToPlain(Shape shape) => new(shape, ToDoubles());

    /// <summary>The relative L2 distance of these numbers from the expected ones is at most the tolerance, and no guard was overwritten.</summary>
    public void AssertClose(HostArray expected, double tolerance)
    {
        AssertGuards();
        Assert.That(Distances.RelativeL2(ToDoubles(), expected.Data), Is.LessThanOrEqualTo(tolerance), "relative L2 distance");
    }

    public void AssertGuards()
    {
        for (int i = 0; i < Guard; i++)
            Assert.That(float.IsNaN(All[i]) && float.IsNaN(All[^(i + 1)]), "memory outside the tensor was written");
    }

    public void Dispose() => NativeMemory.AlignedFree(_memory);

    private double[] ToDoubles() => Array.ConvertAll(ToArray(), x => (double)x);
}
