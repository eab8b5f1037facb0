namespace Zssr.Tests.References;

/// <summary>Losses and their gradients as their definitions say, in float64. There is a weight for every run of so many elements.</summary>
public static class LossReference
{
    /// <summary>mean of w·|x − t|.</summary>
    public static double L1(double[] x, double[] target, double[] weights) =>
        ReductionReference.Sum(PerElement(x, target, weights, Math.Abs)) / x.Length;

    /// <summary>mean of w·(x − t)².</summary>
    public static double MeanSquared(double[] x, double[] target, double[] weights) =>
        ReductionReference.Sum(PerElement(x, target, weights, difference => difference * difference)) / x.Length;

    /// <summary>scale · w·sign(x − t) / count.</summary>
    public static double[] L1Gradient(double[] x, double[] target, double[] weights, double scale) =>
        PerElement(x, target, weights, difference => scale * Math.Sign(difference) / x.Length);

    /// <summary>scale · 2w·(x − t) / count.</summary>
    public static double[] MeanSquaredGradient(double[] x, double[] target, double[] weights, double scale) =>
        PerElement(x, target, weights, difference => scale * 2 * difference / x.Length);

    private static double[] PerElement(double[] x, double[] target, double[] weights, Func<double, double> function)
    {
        int elementsPerWeight = x.Length / weights.Length;
        double[] results = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            results[i] = weights[i / elementsPerWeight] * function(x[i] - target[i]);
        return results;
    }
}
