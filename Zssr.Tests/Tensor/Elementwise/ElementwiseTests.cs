using Zssr.Tensors;
using Zssr.Tests.Devices;

namespace Zssr.Tests.Tensors;

/// <summary>Elements that cannot be told from others by arithmetic alone.</summary>
public sealed class ElementwiseTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly float[] Extremes =
        [float.NegativeInfinity, float.MinValue, -0f, 0f, float.Epsilon, 1, float.MaxValue, float.PositiveInfinity, float.NaN];

    [Test]
    public void The_share_of_a_maximum_is_the_comparisons_for_all_pairs_of_extremes([Values(false, true)] bool perChannel)
    {
        float[] xs = [.. Extremes.SelectMany(x => Extremes.Select(_ => x))], ys = [.. Extremes.SelectMany(_ => Extremes)];
        using Tensor x = Tensor.From(Device, [Extremes.Length, Extremes.Length], xs);
        using Tensor y = perChannel ? Tensor.From(Device, [Extremes.Length], Extremes) : Tensor.From(Device, x.Shape, ys);

        using Tensor share = Elementwise.MaximumShare(x, y);

        float[] shares = share.ToArray();
        Assert.Multiple(() =>
        {
            for (int i = 0; i < xs.Length; i++)
            {
                // A device may take numbers too small to be normal for 0.
                if ((xs[i], ys[i]) is (float.Epsilon, 0) or (0, float.Epsilon))
                    continue;
                Assert.That(shares[i], Is.EqualTo(xs[i] > ys[i] ? 1f : xs[i] == ys[i] ? 0.5f : 0f), $"share of {xs[i]} and {ys[i]}");
            }
        });
    }
}
