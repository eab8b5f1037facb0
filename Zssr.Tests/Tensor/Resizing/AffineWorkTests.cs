using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed unsafe class AffineWorkTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    private static readonly AffineMap Map = AffineMap.Rotate(0.6).Then(AffineMap.Scale(0.7, 1.2)).Then(AffineMap.Translate(2.5, -3));

    [Test]
    public void Any_size_and_number_of_channels_is_the_definition(
        [Values(1, 2, 3, 4, 5, 8, 9)] int channels, [Values(1, 2, 13)] int height, [Values(1, 3, 10)] int width)
    {
        double[] elements = RandomNumbers.Uniform(2 * 5 * 7 * channels, seed: channels);
        float[] actual = Warped(Host, elements, channels, height, width);

        double[] expected = WarpReference.Affine(new ImageArray(2, 5, 7, channels, elements), Map, height, width);
        Assert.That(actual, Is.EqualTo(expected).Within(2e-6));
    }

    [Test]
    public void Threads_and_vectors_do_not_change_a_bit([Values(1, 3, 6)] int channels)
    {
        double[] elements = RandomNumbers.Uniform(2 * 5 * 7 * channels, seed: channels);
        using var alone = new Host(threads: 1, vectorBits: 128);

        Assert.That(Warped(Host, elements, channels, 9, 11), Is.EqualTo(Warped(alone, elements, channels, 9, 11)));
    }

    private static float[] Warped(Host host, double[] elements, int channels, int height, int width)
    {
        var table = new AffineTable(Map, 5, 7, height, width);
        using var x = new NativeFloats(Array.ConvertAll(elements, element => (float)element));
        using var y = new NativeFloats(2 * height * width * channels);
        using var fractions = new NativeFloats(Array.ConvertAll(table.Fractions, fraction => (float)fraction));
        fixed (int* pixels = table.Pixels)
            host.Run(new AffineWork(x, y, 2, pixels, fractions, new AffineGeometry(5, 7, height, width, channels), host));

        y.AssertGuards();
        return y.ToArray();
    }
}
