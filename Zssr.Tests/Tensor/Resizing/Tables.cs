using Zssr.Tensors;

namespace Zssr.Tests.Tensors;

/// <summary>One-dimensional work with resize tables, as their definition reads.</summary>
internal static class Tables
{
    /// <summary>y[i] = Σ_t weight[i, t] · x[index[i, t]].</summary>
    public static double[] Apply(ResizeAxis axis, double[] x)
    {
        Assert.That(x, Has.Length.EqualTo(axis.InputLength));
        double[] y = new double[axis.OutputLength];
        for (int i = 0; i < y.Length; i++)
        {
            for (int t = 0; t < axis.Taps; t++)
                y[i] += axis.Weights[i * axis.Taps + t] * x[axis.Indices[i * axis.Taps + t]];
        }

        return y;
    }

    /// <summary>⟨a, b⟩.</summary>
    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>Numbers without pattern, −1 … 1, the same in every run.</summary>
    public static double[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
