using System.Numerics;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed unsafe class ElementwiseWorkTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    private static readonly int[] Counts = [0, 1, 3, 4, 15, 16, 17, 63, 64, 100, 1003];

    [TestCaseSource(nameof(Counts))]
    public void Map_applies_the_function_to_every_element_and_to_nothing_else(int count)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), count);
        using var y = new NativeFloats(count);

        Host.Run(new MapWork<Square>(x, y, count));

        y.AssertGuards();
        Assert.That(y.ToArray(), Is.EqualTo(x.ToArray().Select(v => v * v)));
    }

    [Test]
    public void Map_may_write_over_its_input()
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), 77);
        float[] expected = [.. x.ToArray().Select(v => v * v)];

        Host.Run(new MapWork<Square>(x, x, 77));

        Assert.That(x.ToArray(), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Counts))]
    public void Scalar_map_hands_both_numbers_on(int count)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), count);
        using var y = new NativeFloats(count);

        Host.Run(new ScalarMapWork<Quotient>(x, 0.25f, 3, y, count));

        y.AssertGuards();
        Assert.That(y.ToArray(), Is.EqualTo(x.ToArray().Select(v => (v - 0.25f) / 3)));
    }

    [TestCaseSource(nameof(Counts))]
    public void Zip_keeps_the_order_of_its_arguments(int count)
    {
        using NativeFloats x = NativeFloats.Random(new Random(1), count);
        using NativeFloats y = NativeFloats.Random(new Random(2), count);
        float[] expected = [.. x.ToArray().Zip(y.ToArray(), (a, b) => a - b)];

        Host.Run(new ZipWork<Difference>(x, y, y, count));

        y.AssertGuards();
        Assert.That(y.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void Zip_channels_gives_every_pixel_the_same_numbers(
        [Values(1, 2, 3, 4, 5, 7, 16, 17, 29, 64)] int channels, [Values(0, 1, 5, 37)] int pixels)
    {
        int count = channels * pixels;
        using NativeFloats x = NativeFloats.Random(new Random(1), count);
        using NativeFloats b = NativeFloats.Random(new Random(2), channels);
        using var y = new NativeFloats(count);

        Host.Run(new ZipChannelsWork<Difference>(x, b, y, count, channels, Host));

        y.AssertGuards();
        Assert.That(y.ToArray(), Is.EqualTo(x.ToArray().Select((v, i) => v - b.Span[i % channels])));
    }

    private readonly struct Square : IUnaryOp
    {
        public static T Apply<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => x * x;

        public static V Apply<V, S>(V x)
            where V : struct
            where S : struct, ISimd<V> => S.Multiply(x, x);
    }

    private readonly struct Quotient : IScalarOp
    {
        public static T Apply<T>(T x, T a, T b)
            where T : unmanaged, IFloatingPointIeee754<T> => (x - a) / b;

        public static V Apply<V, S>(V x, V a, V b)
            where V : struct
            where S : struct, ISimd<V> => S.Divide(S.Subtract(x, a), b);
    }

    private readonly struct Difference : IBinaryOp
    {
        public static T Apply<T>(T x, T y)
            where T : unmanaged, IFloatingPointIeee754<T> => x - y;

        public static V Apply<V, S>(V x, V y)
            where V : struct
            where S : struct, ISimd<V> => S.Subtract(x, y);
    }
}
