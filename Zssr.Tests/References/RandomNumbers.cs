namespace Zssr.Tests.References;

/// <summary>Test data: the same numbers in every run, exact in float32 so that both types see the same input.</summary>
public static class RandomNumbers
{
    /// <summary>Uniform in [low, high).</summary>
    public static double[] Uniform(int count, int seed, double low = -1, double high = 1)
    {
        var random = new Random(seed);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)(low + (high - low) * random.NextDouble());
        return numbers;
    }
}
