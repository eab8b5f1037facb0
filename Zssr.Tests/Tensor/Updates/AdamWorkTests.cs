using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

public sealed unsafe class AdamWorkTests(int vectorBits, int threads) : HostFixture(vectorBits, threads)
{
    private const double LearningRate = 1e-3, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    [TestCase(1)]
    [TestCase(37)]
    [TestCase(1003)]
    public void Twenty_steps_follow_the_paper_in_float64(int count)
    {
        var random = new Random(1);
        using NativeFloats w = NativeFloats.Random(random, count);
        using var m = new NativeFloats(new float[count]);
        using var v = new NativeFloats(new float[count]);
        double[] expected = Array.ConvertAll(w.ToArray(), x => (double)x);
        double[] mean = new double[count], square = new double[count];

        for (int t = 1; t <= 20; t++)
        {
            using NativeFloats g = NativeFloats.Random(random, count);
            Host.Run(new AdamWork(w, g, m, v, count, AdamStep.At(t, LearningRate, Beta1, Beta2, Epsilon)));

            for (int i = 0; i < count; i++)
            {
                mean[i] = Beta1 * mean[i] + (1 - Beta1) * g.Span[i];
                square[i] = Beta2 * square[i] + (1 - Beta2) * g.Span[i] * g.Span[i];
                double meanHat = mean[i] / (1 - Math.Pow(Beta1, t)), squareHat = square[i] / (1 - Math.Pow(Beta2, t));
                expected[i] -= LearningRate * meanHat / (Math.Sqrt(squareHat) + Epsilon);
            }
        }

        w.AssertGuards();
        Assert.That(w.ToArray(), Is.EqualTo(expected).Within(1e-6));
        Assert.That(m.ToArray(), Is.EqualTo(mean).Within(1e-6));
        Assert.That(v.ToArray(), Is.EqualTo(square).Within(1e-7));
    }
}
