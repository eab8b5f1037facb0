using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>Convolutions that finish their sums, and gradients that read through ReLU's bits, against the same written plainly.</summary>
public sealed unsafe class HostEpilogueTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    private const double Tolerance = 1e-5;

    private static IEnumerable<TestCaseData> Geometries()
    {
        yield return Case("winograd", new(1, 17, 10, 16, 3, 3, 16, 1, 1));
        yield return Case("winograd_of_wide_layers", new(2, 9, 6, 64, 3, 3, 64, 1, 1));
        yield return Case("winograd_below_a_tile", new(1, 2, 3, 32, 3, 3, 32, 1, 1));
        yield return Case("channels_that_fill_no_vector", new(1, 7, 9, 3, 3, 3, 3, 1, 1));
        yield return Case("channels_past_the_last_vector", new(2, 6, 5, 29, 3, 3, 29, 1, 1));
        yield return Case("a_single_pixel", new(1, 1, 1, 20, 3, 3, 20, 1, 1));
    }

    [TestCaseSource(nameof(Geometries))]
    public void Sums_get_bias_relu_and_residual(Conv2dGeometry g)
    {
        var random = new Random(21);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using NativeFloats bias = NativeFloats.Random(random, g.OutputChannels);
        using var y = new NativeFloats(g.Output.ElementCount);
        using var bits = new NativeFloats(Words(g));

        HostConv2d.Forward(Host, x, w, new HostEpilogue(bias, hasRelu: true, residual: x, bits: (byte*)bits.Start), y, g);

        HostArray sums = PlainConv2d.Forward(x.ToPlain(g.Input), w.ToPlain(g.Weight), bias.ToPlain([g.OutputChannels]), 1, 1);
        double[] expected = [.. sums.Data.Select((sum, i) => Math.Max(sum, 0) + x.Span[i])];
        y.AssertClose(new HostArray(g.Output, expected), Tolerance);
        bits.AssertGuards();
        for (int i = 0; i < sums.Data.Length; i++)
        {
            // Where a sum is nearly 0 rounding decides.
            if (Math.Abs(sums.Data[i]) > 1e-4)
                Assert.That(Bit(bits, g, i), Is.EqualTo(sums.Data[i] > 0), $"element {i}");
        }
    }

    [Test]
    public void The_bit_of_a_NaN_is_set_and_relu_lets_it_through([Values(16, 21)] int channels)
    {
        var g = new Conv2dGeometry(1, 4, 4, channels, 3, 3, channels, 1, 1);
        using NativeFloats x = NativeFloats.Random(new Random(22), g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(new Random(23), g.Weight.ElementCount);
        using var y = new NativeFloats(g.Output.ElementCount);
        using var bits = new NativeFloats(Words(g));
        x.Span.Fill(float.NaN);

        HostConv2d.Forward(Host, x, w, new HostEpilogue(hasRelu: true, bits: (byte*)bits.Start), y, g);

        for (int i = 0; i < y.Length; i++)
            Assert.That(float.IsNaN(y.Span[i]) && Bit(bits, g, i), $"element {i}");
    }

    [TestCaseSource(nameof(Geometries))]
    public void Gradients_read_dy_where_bits_are_set(Conv2dGeometry g)
    {
        var random = new Random(24);
        using NativeFloats x = NativeFloats.Random(random, g.Input.ElementCount);
        using NativeFloats w = NativeFloats.Random(random, g.Weight.ElementCount);
        using NativeFloats dy = NativeFloats.Random(random, g.Output.ElementCount);
        using var bits = new NativeFloats(Words(g));
        random.NextBytes(new Span<byte>(bits.Start, bits.Length * sizeof(float)));
        using var dx = new NativeFloats(g.Input.ElementCount);
        using var dw = new NativeFloats(g.Weight.ElementCount);
        using var db = new NativeFloats(g.OutputChannels);
        var source = new PixelSource(dy, (byte*)bits.Start);

        HostConv2d.InputGradient(Host, source, w, new HostEpilogue(residual: dy), dx, g);
        HostConv2d.WeightGradient(Host, x, source, dw, db, g);

        var dz = new HostArray(g.Output, [.. dy.ToArray().Select((d, i) => Bit(bits, g, i) ? d : 0.0)]);
        HostArray plain = PlainConv2d.InputGradient(dz, w.ToPlain(g.Weight), g.InputHeight, g.InputWidth, 1, 1);
        dx.AssertClose(new HostArray(g.Input, [.. plain.Data.Select((d, i) => d + dy.Span[i])]), Tolerance);
        dw.AssertClose(PlainConv2d.WeightGradient(x.ToPlain(g.Input), dz, 3, 3, 1, 1), Tolerance);
        double[] sums = [.. Enumerable.Range(0, g.OutputChannels).Select(k => dz.Data.Where((_, i) => i % g.OutputChannels == k).Sum())];
        db.AssertClose(new HostArray([g.OutputChannels], sums), Tolerance);
    }

    /// <summary>Floats that hold the bits of y.</summary>
    private static int Words(Conv2dGeometry g)
    {
        int bytes = g.Output.ElementCount / g.OutputChannels * ReluBits.BytesPerPixel(g.OutputChannels);
        return (bytes + sizeof(float) - 1) / sizeof(float);
    }

    /// <summary>The bit of element i: a pixel starts with a whole number of 16 bits, and the first channel is the lowest bit.</summary>
    private static bool Bit(NativeFloats bits, Conv2dGeometry g, int i)
    {
        (int pixel, int channel) = Math.DivRem(i, g.OutputChannels);
        byte b = ((byte*)bits.Start)[pixel * ((g.OutputChannels + 15) / 16 * 2) + channel / 8];
        return (b >> (channel % 8) & 1) == 1;
    }

    private static TestCaseData Case(string name, Conv2dGeometry g) => new TestCaseData(g).SetArgDisplayNames(name);
}
