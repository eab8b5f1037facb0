namespace Zssr.Autograd.Checking;

/// <summary>
/// What is looked at of a function's outputs: each number by itself, or a few sums of all of them with random weights. Whichever it is,
/// quantity j is Σ weights_j[o] · output[o], so its gradient comes from the output gradient weights_j.
/// </summary>
internal sealed class Observation
{
    // Bounds the random weights away from 0, so that a wrong entry of the Jacobian shows in every sum.
    private const double SmallestWeight = 0.5, LargestWeight = 1.5;

    private readonly CheckedFunction _function;
    private readonly double[][]? _weights;

    private Observation(CheckedFunction function, double[][]? weights) => (_function, _weights) = (function, weights);

    /// <summary>How many quantities are looked at.</summary>
    public int Count => _weights?.Length ?? _function.OutputCount;

    /// <summary>Each number of the outputs.</summary>
    public static Observation OfEach(CheckedFunction function) => new(function, null);

    /// <summary>Sums of all numbers with random weights.</summary>
    public static Observation OfSums(CheckedFunction function, int count, Random random) =>
        new(function, [.. Enumerable.Range(0, count).Select(_ => RandomWeights(function, random))]);

    /// <summary>The sum of all numbers with given weights.</summary>
    public static Observation OfSum(CheckedFunction function, double[] weights) => new(function, [weights]);

    /// <summary>Numbers between ½ and 1½ with random signs.</summary>
    public static double[] RandomWeights(int count, Random random)
    {
        var weights = new double[count];
        for (int i = 0; i < count; i++)
            weights[i] = (random.Next(2) * 2 - 1) * (SmallestWeight + random.NextDouble() * (LargestWeight - SmallestWeight));
        return weights;
    }

    /// <summary>The same for each number of the outputs, and 0 for those that are infinite or NaN: they are left out.</summary>
    public static double[] RandomWeights(CheckedFunction function, Random random)
    {
        double[] weights = RandomWeights(function.OutputCount, random);
        for (int o = 0; o < weights.Length; o++)
            weights[o] = function.IsFinite(o) ? weights[o] : 0;
        return weights;
    }

    /// <summary>Whether there is something to compare quantity j with.</summary>
    public bool IsFinite(int j) => _weights is not null || _function.IsFinite(j);

    /// <summary>The quantities, from the outputs' numbers.</summary>
    public double[] Of(double[] outputs) => _weights is null ? outputs : [.. _weights.Select(weights => Sum(weights, outputs, x => x))];

    /// <summary>How large the numbers are that make a quantity up, which bounds its rounding error: √(Σ (weight · output)²).</summary>
    public double[] Magnitudes(double[] outputs) => _weights is null
        ? [.. outputs.Select(Math.Abs)]
        : [.. _weights.Select(weights => Math.Sqrt(Sum(weights, outputs, x => x * x)))];

    /// <summary>The gradients of quantity j, for each input; null where none comes.</summary>
    public double[]?[] Gradients(Recording recording, int j) =>
        _weights is null ? recording.GradientsOf(j) : recording.Gradients(_weights[j]);

    /// <summary>The weights of sum j.</summary>
    public double[] Weights(int j) => _weights![j];

    /// <summary>Where quantity j is: the name of an output and the index in it, or no index where it is a sum of all.</summary>
    public (string Name, int[]? Index) Place(int j)
    {
        if (_weights is not null)
            return ($"weighted sum {j} of the output", null);
        foreach (CheckedOutput output in _function.Outputs)
        {
            if (j < output.Shape.ElementCount)
                return (output.Name, Elements.Index(j, output.Shape));
            j -= output.Shape.ElementCount;
        }

        throw new ArgumentOutOfRangeException(nameof(j));
    }

    /// <summary>Σ term(weight · output), without the outputs whose weight is 0, whatever they are.</summary>
    private static double Sum(double[] weights, double[] outputs, Func<double, double> term)
    {
        double sum = 0;
        for (int o = 0; o < weights.Length; o++)
        {
            if (weights[o] != 0)
                sum += term(weights[o] * outputs[o]);
        }

        return sum;
    }
}
