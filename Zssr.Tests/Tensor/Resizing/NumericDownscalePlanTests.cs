using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>Where the taps of a numeric kernel fall, and the lists that its gradient gathers by.</summary>
public sealed class NumericDownscalePlanTests
{
    [TestCase(8, 2, new[] { 0, 2, 4, 6 })]
    [TestCase(9, 3, new[] { 0, 3, 6 })]
    // linspace(0, 5, 4) = 0, 1.67, 3.33, 5.
    [TestCase(7, 2, new[] { 0, 2, 3, 5 })]
    // linspace(0, 7.5, 6) = 0, 1.5, 3, 4.5, 6, 7.5: halves go to the even number.
    [TestCase(9, 1.5, new[] { 0, 2, 3, 4, 6, 8 })]
    // Shorter than the factor: one pixel, the first.
    [TestCase(2, 3, new[] { 0 })]
    public void Samples_where_NumPys_rounded_linspace_does(int n, double factor, int[] expected) =>
        Assert.That(new NumericDownscalePlan(n, factor, kernelSize: 1).SourceIndices, Is.EqualTo(expected));

    [Test]
    public void Puts_the_middle_tap_on_the_sampled_pixel_and_mirrors_what_falls_outside()
    {
        var odd = new NumericDownscalePlan(4, 2, kernelSize: 5);
        Assert.That(odd.SourceIndices, Is.EqualTo(new[] { 1, 0, 0, 1, 2, /**/ 0, 1, 2, 3, 3 }));

        var even = new NumericDownscalePlan(4, 2, kernelSize: 4);
        Assert.That(even.SourceIndices, Is.EqualTo(new[] { 1, 0, 0, 1, /**/ 0, 1, 2, 3 }));
    }

    [TestCase(8, 2, 5)]
    [TestCase(7, 2, 13)]
    [TestCase(9, 1.5, 4)]
    [TestCase(30, 3, 1)]
    public void Lists_every_use_of_an_input_pixel_once_for_the_gradient(int n, double factor, int kernelSize)
    {
        var plan = new NumericDownscalePlan(n, factor, kernelSize);
        var forward = plan.SourceIndices.Select((pixel, entry) => (pixel, entry / kernelSize, entry % kernelSize));

        var backward = new List<(int Pixel, int Output, int Tap)>();
        for (int entry = 0; entry < n * plan.AdjointLength; entry++)
        {
            Assert.That(plan.AdjointOutputs[entry] == -1, Is.EqualTo(plan.AdjointTaps[entry] == -1));
            if (plan.AdjointOutputs[entry] != -1)
                backward.Add((entry / plan.AdjointLength, plan.AdjointOutputs[entry], plan.AdjointTaps[entry]));
        }

        Assert.That(backward, Is.EquivalentTo(forward));
    }

    [Test]
    public void Gathering_by_the_lists_is_the_adjoint_of_shrinking()
    {
        var plan = new NumericDownscalePlan(11, 2, kernelSize: 7);
        double[] kernel = Tables.Noise(7, seed: 5);
        double[] x = Tables.Noise(11, seed: 6);
        double[] dy = Tables.Noise(plan.OutputLength, seed: 7);

        double forward = 0;
        for (int i = 0; i < plan.OutputLength; i++)
        {
            for (int u = 0; u < 7; u++)
                forward += dy[i] * kernel[u] * x[plan.SourceIndices[i * 7 + u]];
        }

        double backward = 0;
        for (int a = 0; a < 11; a++)
        {
            for (int use = a * plan.AdjointLength; use < (a + 1) * plan.AdjointLength && plan.AdjointOutputs[use] >= 0; use++)
                backward += x[a] * kernel[plan.AdjointTaps[use]] * dy[plan.AdjointOutputs[use]];
        }

        Assert.That(backward, Is.EqualTo(forward).Within(1e-12));
    }

    [TestCase(0.5)]
    [TestCase(-2)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Refuses_a_factor_that_does_not_shrink(double factor) =>
        Assert.That(
            () => new NumericDownscalePlan(8, factor, 3),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("numeric downscale"));

    [TestCase(0, 3)]
    [TestCase(8, 0)]
    public void Refuses_axes_and_kernels_without_pixels(int n, int kernelSize) =>
        Assert.That(() => new NumericDownscalePlan(n, 2, kernelSize), Throws.TypeOf<ShapeException>());
}
