namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>
/// What other checkers compare, written anew in plain float64 from what they document, for the table in docs/gradcheck.md: whether a planted
/// mistake gets past the comparison itself. All of their inputs need gradients.
/// </summary>
internal static class PeerCheckers
{
    /// <summary>
    /// PyTorch's <c>gradcheck</c>: the Jacobian by central differences with ε = 10⁻⁶ against the backward pass's for one-hot output gradients,
    /// |a − n| ≤ 10⁻⁵ + 10⁻³ |n|; each row is computed twice, and a row of zeros gives zeros.
    /// </summary>
    public static bool PyTorchFinds(Plant plant)
    {
        const double epsilon = 1e-6;
        double[][] x = plant.Inputs();
        bool[] all = [.. x.Select(_ => true)];
        int outputs = plant.Output.ElementCount;
        if (plant.Backward(x, new double[outputs], all).Any(gradient => gradient!.Any(value => value != 0)))
            return true;
        for (int o = 0; o < outputs; o++)
        {
            var oneHot = new double[outputs];
            oneHot[o] = 1;
            double[]?[] row = plant.Backward(x, oneHot, all);
            for (int input = 0; input < x.Length; input++)
            {
                for (int i = 0; i < x[input].Length; i++)
                {
                    double numeric = (Moved(plant, x, input, i, epsilon)[o] - Moved(plant, x, input, i, -epsilon)[o]) / (2 * epsilon);
                    if (!(Math.Abs(row[input]![i] - numeric) <= 1e-5 + 1e-3 * Math.Abs(numeric)))
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// JAX's <c>check_grads</c> in reverse mode: uᵀ J v for one normal u and one normal v over all inputs, differences with ε = 1/2048, against
    /// (Jᵀ u) · v, with tolerances of 10⁻⁵ in float64.
    /// </summary>
    public static bool JaxFinds(Plant plant)
    {
        const double epsilon = 1.0 / 2048, tolerance = 1e-5;
        var random = new Random(7);
        double[][] x = plant.Inputs(), v = [.. x.Select(values => Normal(values.Length, random))];
        double[] u = Normal(plant.Output.ElementCount, random);
        double[] above = plant.Forward(Along(x, v, epsilon / 2)), below = plant.Forward(Along(x, v, -epsilon / 2));
        double numeric = Enumerable.Range(0, u.Length).Sum(o => u[o] * (above[o] - below[o]) / epsilon);
        double[]?[] pulled = plant.Backward(x, u, [.. x.Select(_ => true)]);
        double analytic = pulled.Zip(v, (gradient, direction) => gradient!.Zip(direction, (g, d) => g * d).Sum()).Sum();
        return !(Math.Abs(analytic - numeric) <= tolerance + tolerance * Math.Abs(numeric));
    }

    private static double[] Moved(Plant plant, double[][] x, int input, int element, double by)
    {
        double[][] moved = [.. x.Select(values => values.ToArray())];
        moved[input][element] += by;
        return plant.Forward(moved);
    }

    private static double[][] Along(double[][] x, double[][] v, double by) =>
        [.. x.Zip(v, (values, direction) => values.Zip(direction, (value, d) => value + by * d).ToArray())];

    private static double[] Normal(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
