using System.Runtime.Intrinsics;
using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>What every vector width must agree on, lane by lane.</summary>
[TestFixture(typeof(Vector512<float>), typeof(Simd512))]
[TestFixture(typeof(Vector256<float>), typeof(Simd256))]
[TestFixture(typeof(Vector128<float>), typeof(Simd128))]
[Vectors]
internal sealed unsafe class SimdSemanticsTests<V, S>
    where V : struct
    where S : struct, ISimd<V>
{
    [Test]
    public void A_comparison_with_NaN_is_false()
    {
        V one = S.Broadcast(1), zero = S.Zero, nan = S.Broadcast(float.NaN);
        V both = S.Add(S.Select(S.LessThan(nan, one), one, zero), S.Select(S.LessThan(one, nan), one, zero));

        Assert.That(Lanes(both), Is.All.Zero);
    }

    [Test]
    public void Less_than_is_strict()
    {
        V one = S.Broadcast(1), two = S.Broadcast(2);

        Assert.That(Lanes(S.And(S.LessThan(one, two), two)), Is.All.EqualTo(2f));
        Assert.That(Lanes(S.And(S.LessThan(two, two), two)), Is.All.Zero);
    }

    [Test]
    public void Select_chooses_lane_by_lane()
    {
        V x = Ramp();
        float[] expected = [.. Enumerable.Range(0, S.Lanes).Select(i => i < 2 ? i : -1f)];

        Assert.That(Lanes(S.Select(S.LessThan(x, S.Broadcast(2)), x, S.Broadcast(-1))), Is.EqualTo(expected));
    }

    [Test]
    public void IsNaN_finds_NaN_alone()
    {
        V one = S.Broadcast(1);

        Assert.That(Lanes(S.And(S.IsNaN(S.Broadcast(float.NaN)), one)), Is.All.EqualTo(1f));
        Assert.That(Lanes(S.And(S.IsNaN(S.Broadcast(float.PositiveInfinity)), one)), Is.All.Zero);
    }

    [Test]
    public void Arithmetic_is_that_of_every_lane()
    {
        V x = Ramp(), y = S.Broadcast(4);

        using (Assert.EnterMultipleScope())
        {
            AssertLanes(S.Add(x, y), i => i + 4);
            AssertLanes(S.Subtract(x, y), i => i - 4);
            AssertLanes(S.Multiply(x, y), i => i * 4);
            AssertLanes(S.Divide(x, y), i => i / 4);
            AssertLanes(S.MultiplyAdd(x, y, S.Broadcast(0.5f)), i => i * 4 + 0.5f);
            AssertLanes(S.Negate(x), i => -i);
            AssertLanes(S.Abs(S.Subtract(x, y)), i => Math.Abs(i - 4));
            AssertLanes(S.Sqrt(S.Multiply(x, x)), i => i);
        }
    }

    [Test]
    public void Exp_and_log_are_right_to_a_few_units_in_the_last_place()
    {
        V x = S.Divide(Ramp(), S.Broadcast(3));
        float[] exp = Lanes(S.Exp(x)), log = Lanes(S.Log(S.Add(x, S.Broadcast(0.5f))));
        for (int i = 0; i < S.Lanes; i++)
        {
            Assert.That(exp[i], Is.EqualTo(Math.Exp(i / 3f)).Within(4e-5).Percent);
            Assert.That(log[i], Is.EqualTo(Math.Log(i / 3f + 0.5f)).Within(4e-7));
        }
    }

    private static V Ramp()
    {
        float* lanes = stackalloc float[Tail.MaxLanes];
        for (int i = 0; i < S.Lanes; i++)
            lanes[i] = i;
        return S.Load(lanes);
    }

    private static void AssertLanes(V actual, Func<float, float> expected) =>
        Assert.That(Lanes(actual), Is.EqualTo(Enumerable.Range(0, S.Lanes).Select(i => expected(i))));

    private static float[] Lanes(V value)
    {
        float* lanes = stackalloc float[Tail.MaxLanes];
        S.Store(value, lanes);
        return new Span<float>(lanes, S.Lanes).ToArray();
    }
}
