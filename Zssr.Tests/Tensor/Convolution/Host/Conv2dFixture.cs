using System.Runtime.InteropServices;
using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

/// <summary>
/// What every way to convolve on the host must do. A way's fixture has the sizes that matter to it, in a static method Geometries, and
/// the tests of what is its own.
/// </summary>
public abstract unsafe class Conv2dFixture(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
#pragma warning disable NUnit1011 // the source is a member of each derived fixture, where NUnit looks for it
    private const string OfTheFixture = "Geometries";

    /// <summary>How far results may be from those of float64 in terms of their relative L2 distance.</summary>
    internal abstract double Tolerance { get; }

    /// <inheritdoc cref="HostDirectConv2d.Forward"/>
    internal abstract void Forward(float* x, float* w, HostEpilogue epilogue, float* y, Conv2dGeometry g);

    /// <inheritdoc cref="HostDirectConv2d.InputGradient"/>
    internal abstract void InputGradient(PixelSource dy, float* w, float* dx, Conv2dGeometry g);

    /// <inheritdoc cref="HostDirectConv2d.WeightGradient"/>
    internal abstract void WeightGradient(float* x, PixelSource dy, float* dw, float* db, Conv2dGeometry g);

    /// <summary>The sizes for the test of the input's gradient.</summary>
    internal virtual Conv2dGeometry ForInputGradient(Conv2dGeometry g) => g;

    [TestCaseSource(OfTheFixture)]
    public void Forward_is_the_definition_with_bias(Conv2dGeometry g)
    {
        var random = new Random(1);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using NativeFloats bias = NativeFloats.Random(random, g.OutputChannels);
        using var y = new NativeFloats(g.Output.ElementCount);

        Forward(x, w, new(bias), y, g);

        HostArray plainBias = bias.ToPlain([g.OutputChannels]);
        y.AssertClose(RememberedConv2d.Forward(x.ToPlain(g.Input), w.ToPlain(g.Weight), plainBias, g.Stride, g.Padding), Tolerance);
    }

    [TestCaseSource(OfTheFixture)]
    public void Input_gradient_is_the_definition(Conv2dGeometry geometry)
    {
        Conv2dGeometry g = ForInputGradient(geometry);
        var random = new Random(2);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using var dx = new NativeFloats(g.Input.ElementCount);

        InputGradient(new(dy), w, dx, g);

        HostArray plainDy = dy.ToPlain(g.Output), plainW = w.ToPlain(g.Weight);
        dx.AssertClose(RememberedConv2d.InputGradient(plainDy, plainW, g.InputHeight, g.InputWidth, g.Stride, g.Padding), Tolerance);
    }

    [TestCaseSource(OfTheFixture)]
    public void Weight_gradient_is_the_definition(Conv2dGeometry g)
    {
        var random = new Random(3);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using var dw = new NativeFloats(g.Weight.ElementCount);

        WeightGradient(x, new(dy), dw, null, g);

        HostArray plainX = x.ToPlain(g.Input), plainDy = dy.ToPlain(g.Output);
        dw.AssertClose(
            RememberedConv2d.WeightGradient(plainX, plainDy, g.KernelHeight, g.KernelWidth, g.Stride, g.Padding), Tolerance);
    }

    /// <summary>Whichever thread comes first, sums are added up in the same order.</summary>
    [TestCaseSource(OfTheFixture)]
    public void The_same_call_gives_the_same_bits_again(Conv2dGeometry g)
    {
        var random = new Random(4);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using var first = new NativeFloats(g.Weight.ElementCount);
        using var again = new NativeFloats(g.Weight.ElementCount);
        WeightGradient(x, new(dy), first, null, g);

        for (int run = 0; run < 20; run++)
        {
            WeightGradient(x, new(dy), again, null, g);
            Assert.That(Bits(again).SequenceEqual(Bits(first)), $"run {run}");
        }
    }

    /// <summary>The NaN is at the right border of row 4.</summary>
    private protected void AssertThatNaNSpoilsExactlyTheOutputsUnderTheKernel(int inputChannels, int outputChannels)
    {
        var g = new Conv2dGeometry(1, 9, 14, inputChannels, 3, 3, outputChannels, 1, 1);
        using NativeFloats x = NativeFloats.Random(new Random(7), g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(new Random(8), g.Weight.ElementCount);
        using var y = new NativeFloats(g.Output.ElementCount);
        x.Span[(4 * g.InputWidth + 13) * g.InputChannels + 1] = float.NaN;

        Forward(x, w, new(), y, g);

        for (int i = 0; i < y.Length; i++)
        {
            int pixel = i / g.OutputChannels, row = pixel / g.OutputWidth, column = pixel % g.OutputWidth;
            Assert.That(float.IsNaN(y.Span[i]), Is.EqualTo(row is >= 3 and <= 5 && column >= 12), $"row {row}, column {column}");
        }
    }

    private static ReadOnlySpan<uint> Bits(NativeFloats floats) => MemoryMarshal.Cast<float, uint>(floats.Span);

    private protected static TestCaseData Case(string name, Conv2dGeometry g) => new TestCaseData(g).SetArgDisplayNames(name);
}
