using Zssr.Nn;
using Zssr.Tensors;
using Zssr.Tests.Devices;
using Zssr.Tests.References;

namespace Zssr.Tests.Nn.Network;

public sealed class InitializerTests(TestDevice kind) : DeviceTest(kind)
{
    private static readonly int[] Sizes = [3, 3, 32, 64];
    private const int FanIn = 9 * 32;

    private static readonly IInitializer[] All = [new FanInUniform(), new FanInNormal(0.1), new Normal(0.25)];

    [Test]
    public void The_articles_weights_are_uniform_between_plus_and_minus_one_over_the_root_of_the_fan_in()
    {
        double[] weights = Create(new FanInUniform(), Device);
        double bound = 1 / Math.Sqrt(FanIn);

        Assert.That(weights.Select(Math.Abs), Is.All.InRange(0, bound * (1 + 1e-6)));
        Assert.That(
            Distributions.LargestDeviation(weights, x => Math.Clamp((x + bound) / (2 * bound), 0, 1)),
            Is.LessThan(Distributions.Bound(weights.Length)));
    }

    [Test]
    public void The_papers_weights_are_normal_with_a_standard_deviation_of_the_root_of_a_tenth_of_the_fan_in() =>
        AssertNormal(Create(new FanInNormal(0.1), Device), Math.Sqrt(0.1 / (9 * 32)));

    [Test]
    public void A_variance_can_be_given_without_a_fan_in() => AssertNormal(Create(new Normal(0.25), Device), 0.5);

    [Test]
    public void First_values_are_the_same_on_every_device([ValueSource(nameof(All))] IInitializer initializer)
    {
        double[] here = Create(initializer, Device), onCpu = Create(initializer, OpenDevices.Get(TestDevice.Cpu));
        double scale = onCpu.Max(Math.Abs);

        Assert.That(Distances.Largest(here, onCpu), Is.LessThanOrEqualTo(1e-6 * scale));
    }

    [Test]
    public void Other_seeds_and_streams_give_other_values([ValueSource(nameof(All))] IInitializer initializer)
    {
        double[] first = Create(initializer, Device);

        Assert.That(Create(initializer, Device, seed: 8), Is.Not.EqualTo(first));
        Assert.That(Create(initializer, Device, stream: 4), Is.Not.EqualTo(first));
        Assert.That(Create(initializer, Device), Is.EqualTo(first));
    }

    private static void AssertNormal(double[] weights, double deviation)
    {
        Assert.That(weights.Average(), Is.EqualTo(0).Within(4 * deviation / Math.Sqrt(weights.Length)));
        Assert.That(Math.Sqrt(weights.Average(x => x * x)), Is.EqualTo(deviation).Within(2).Percent);
        Assert.That(
            Distributions.LargestDeviation(weights, x => Distributions.Normal(x / deviation)),
            Is.LessThan(Distributions.Bound(weights.Length)));
    }

    private static double[] Create(IInitializer initializer, Device device, ulong seed = 7, ulong stream = 3)
    {
        using Tensor weights = initializer.Create(device, Shape.Create(Sizes), FanIn, seed, stream, DType.Float32);
        return weights.ToDoubles();
    }
}
