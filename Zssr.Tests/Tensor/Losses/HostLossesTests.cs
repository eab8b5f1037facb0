using Zssr.Tensors;
using Zssr.Tests.References;

namespace Zssr.Tests.Tensors;

public sealed unsafe class HostLossesTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    [Test]
    public void Losses_and_gradients_are_their_definitions(
        [Values(1, 5, 16, 37, 1024, 1031, 5000)] int pixels, [Values(0, 1, 3)] int elementsPerWeight)
    {
        int count = 3 * pixels;
        double[] x = RandomNumbers.Uniform(count, seed: 1), target = RandomNumbers.Uniform(count, seed: 2);
        target[^1] = x[^1];
        double[] weights = elementsPerWeight == 0
            ? [.. Enumerable.Repeat(1.0, count)]
            : RandomNumbers.Uniform(count / elementsPerWeight, seed: 3, 0, 2);

        using NativeFloats xs = Floats(x), targets = Floats(target), weighed = Floats(weights);
        using NativeFloats l1Gradient = new(count), squaredGradient = new(count);
        var perElement = new LossWeights(elementsPerWeight == 0 ? null : weighed.Start, elementsPerWeight);
        float l1 = HostLosses.Mean<AbsoluteError>(Host, xs, targets, perElement, count);
        float squared = HostLosses.Mean<SquaredError>(Host, xs, targets, perElement, count);
        HostLosses.Gradient<AbsoluteError>(Host, xs, targets, perElement, 1f / count, l1Gradient, count);
        HostLosses.Gradient<SquaredError>(Host, xs, targets, perElement, 1f / count, squaredGradient, count);

        l1Gradient.AssertGuards();
        squaredGradient.AssertGuards();
        Assert.That(l1, Is.EqualTo(LossReference.L1(x, target, weights)).Within(1e-6));
        Assert.That(squared, Is.EqualTo(LossReference.MeanSquared(x, target, weights)).Within(1e-6));
        double tolerance = 1e-6 / count;
        Assert.That(l1Gradient.ToArray(), Is.EqualTo(LossReference.L1Gradient(x, target, weights, 1)).Within(tolerance));
        Assert.That(squaredGradient.ToArray(), Is.EqualTo(LossReference.MeanSquaredGradient(x, target, weights, 1)).Within(tolerance));
    }

    [Test]
    public void A_sign_is_zero_at_zero_and_NaN_at_NaN([Values(3, 40)] int count)
    {
        using NativeFloats x = new(new float[count]), target = new(new float[count]);
        using var dx = new NativeFloats(count);
        x.Span[1] = float.NaN;
        target.Span[2] = 7;

        HostLosses.Gradient<AbsoluteError>(Host, x, target, default, 1, dx, count);

        Assert.That(dx.ToArray()[..3], Is.EqualTo(new[] { 0, float.NaN, -1 }));
    }

    private static NativeFloats Floats(double[] values) => new(Array.ConvertAll(values, value => (float)value));
}
