using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed unsafe class HostMatMulTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    private static IEnumerable<TestCaseData> Sizes()
    {
        yield return Case("one_by_one", 1, 1, 1);
        yield return Case("no_depth", 7, 0, 5);
        yield return Case("a_row", 1, 50, 70);
        yield return Case("a_column", 70, 50, 1);
        yield return Case("whole_tiles_and_one_panel", 12, 20, 16);
        yield return Case("as_of_Muon", 32, 288, 32);
        yield return Case("panels_of_4_2_and_1_vectors_and_a_rest", 11, 9, 113);
        yield return Case("deeper_than_a_block", 8, 2050, 33);
        yield return Case("as_deep_as_a_block", 5, 1024, 6);
    }

    [TestCaseSource(nameof(Sizes))]
    public void Every_way_of_transposing_equals_float64(int rows, int depth, int columns)
    {
        var random = new Random(1);
        using NativeFloats a = NativeFloats.Random(random, rows * depth), b = NativeFloats.Random(random, depth * columns);
        using NativeFloats c = NativeFloats.Random(random, rows * columns);
        foreach ((bool transposeA, bool transposeB) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            Shape shapeOfA = transposeA ? [depth, rows] : [rows, depth], shapeOfB = transposeB ? [columns, depth] : [depth, columns];
            var g = MatMulGeometry.Of(shapeOfA, shapeOfB, transposeA, transposeB);
            HostArray product = PlainMatMul.Multiply(a.ToPlain(shapeOfA), b.ToPlain(shapeOfB), transposeA, transposeB);
            using var y = new NativeFloats(rows * columns);

            HostMatMul.Run(Host, g, a, b, null, y, 1, 0);
            y.AssertClose(product, 2e-6);

            HostMatMul.Run(Host, g, a, b, c, y, -1.5f, 0.25f);
            y.AssertClose(new HostArray(product.Shape, [.. product.Data.Select((v, i) => -1.5 * v + 0.25 * c.Span[i])]), 2e-6);
        }
    }

    /// <summary>Also more matrices than are packed at a time, and more threads than matrices.</summary>
    [TestCase(1, 13, 9, 20)]
    [TestCase(7, 13, 9, 20)]
    [TestCase(700, 2, 30, 50)]
    [TestCase(3, 5, 2050, 33)]
    public void Stacks_equal_float64(int matrices, int rows, int depth, int columns)
    {
        var random = new Random(3);
        using NativeFloats a = NativeFloats.Random(random, matrices * rows * depth), b = NativeFloats.Random(random, matrices * depth * columns);
        using NativeFloats c = NativeFloats.Random(random, matrices * rows * columns);
        foreach ((bool transposeA, bool transposeB) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            Shape shapeOfA = transposeA ? [matrices, depth, rows] : [matrices, rows, depth];
            Shape shapeOfB = transposeB ? [matrices, columns, depth] : [matrices, depth, columns];
            var g = MatMulGeometry.Of(shapeOfA, shapeOfB, transposeA, transposeB);
            HostArray product = PlainMatMul.MultiplyStacks(a.ToPlain(shapeOfA), b.ToPlain(shapeOfB), transposeA, transposeB);
            using var y = new NativeFloats(matrices * rows * columns);

            HostMatMul.Run(Host, g, a, b, c, y, -1.5f, 0.25f);

            y.AssertClose(new HostArray(product.Shape, [.. product.Data.Select((v, i) => -1.5 * v + 0.25 * c.Span[i])]), 2e-6);
        }
    }

    [Test]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        using var alone = new Host(threads: 1, Host.VectorBits);
        var random = new Random(2);
        var g = MatMulGeometry.Of([41, 1500], [1500, 75], transposeA: false, transposeB: false);
        using NativeFloats a = NativeFloats.Random(random, 41 * 1500), b = NativeFloats.Random(random, 1500 * 75);
        using NativeFloats y = new(41 * 75), expected = new(41 * 75);

        HostMatMul.Run(Host, g, a, b, null, y, 1, 0);
        HostMatMul.Run(alone, g, a, b, null, expected, 1, 0);

        Assert.That(y.ToArray(), Is.EqualTo(expected.ToArray()));
    }

    private static TestCaseData Case(string name, int rows, int depth, int columns) =>
        new TestCaseData(rows, depth, columns).SetArgDisplayNames(name);
}
