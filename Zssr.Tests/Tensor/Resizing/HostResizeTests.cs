using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed unsafe class HostResizeTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    /// <summary>Enlarging, shrinking, a mirror of one tap, and transposed tables, whose rows have different numbers of taps.</summary>
    private static readonly ResizeAxis[] Tables =
    [
        ResizeAxis.ImResize(7, 2), ResizeAxis.ImResize(9, 0.4), ResizeAxis.ImResize(1, 3), ResizeAxis.MirrorPad(4, 3, 9),
        ResizeAxis.ImResize(7, 2).Transpose(), ResizeAxis.ImResize(3, 1.0 / 3).Transpose(),
    ];

    [Test]
    public void Any_number_of_elements_behind_the_axis_gives_the_weighted_sums(
        [ValueSource(nameof(Tables))] ResizeAxis table, [Values(1, 2, 7)] int outer,
        [Values(1, 3, 4, 5, 9, 15, 16, 17, 70, 131, 2100)] int inner)
    {
        double[] x = RandomNumbers.Uniform(outer * table.InputLength * inner, seed: inner);
        var expected = new double[outer * table.OutputLength * inner];
        for (int at = 0; at < expected.Length; at++)
        {
            (int o, int i, int k) = (at / inner / table.OutputLength, at / inner % table.OutputLength, at % inner);
            for (int t = i * table.Taps; t < (i + 1) * table.Taps; t++)
                expected[at] += table.Weights[t] * x[(o * table.InputLength + table.Indices[t]) * inner + k];
        }

        float[] actual = Resized(Host, x, table, outer, inner);
        Assert.That(Distances.Largest(Array.ConvertAll(actual, value => (double)value), expected), Is.LessThan(1e-6));
    }

    [Test]
    public void Threads_and_vectors_do_not_change_a_bit([ValueSource(nameof(Tables))] ResizeAxis table, [Values(1, 3, 9, 35)] int inner)
    {
        double[] x = RandomNumbers.Uniform(7 * table.InputLength * inner, seed: inner);
        using var alone = new Host(threads: 1, vectorBits: 128);

        Assert.That(Resized(Host, x, table, 7, inner), Is.EqualTo(Resized(alone, x, table, 7, inner)));
    }

    [Test]
    public void Taps_that_only_fill_a_row_up_are_not_read()
    {
        ResizeAxis table = ResizeAxis.ImResize(7, 2).Transpose();
        var x = new double[table.InputLength];
        // What fills rows up names pixel 0; the last row has no other use for it.
        x[0] = double.NaN;

        Assert.That(table.Weights[^1], Is.Zero, "the last row is not full");
        Assert.That(Resized(Host, x, table, 1, 1)[^1], Is.Zero);
    }

    private static float[] Resized(Host host, double[] elements, ResizeAxis table, int outer, int inner)
    {
        using var x = new NativeFloats(Array.ConvertAll(elements, element => (float)element));
        using var y = new NativeFloats(outer * table.OutputLength * inner);
        HostResize.Along(host, x, y, table, outer, inner);
        y.AssertGuards();
        return y.ToArray();
    }
}
