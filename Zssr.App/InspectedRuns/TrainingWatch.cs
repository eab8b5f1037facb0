using Zssr.Autograd;
using Zssr.Nn;
using Zssr.Nn.Tracing;

namespace Zssr.App.InspectedRuns;

/// <summary>Keeps what a page shows of a training: the parameters at some moments, norms, and the time of each layer.</summary>
/// <param name="iterations">How many there will be.</param>
internal sealed class TrainingWatch(int iterations) : IStepObserver
{
    private const int MostMoments = 8, MostNorms = 60;

    private readonly List<Moment> _moments = [];
    private readonly List<NormSample> _norms = [];
    private readonly HashSet<int> _atMoments = [.. MomentsOf(iterations)];
    private IReadOnlyList<NamedParameter> _weights = [];
    private double[] _forward = [];
    private double[] _backward = [];
    private int _iteration;

    public IReadOnlyList<Moment> Moments => _moments;

    public IReadOnlyList<NormSample> Norms => _norms;

    public IReadOnlyList<LayerTime> LayerTimes => [.. _forward.Zip(_backward, (forward, backward) => new LayerTime(forward, backward))];

    /// <summary>Whether the iteration is one of those that are looked into: observation makes it slower.</summary>
    public bool Wants(int iteration) => _atMoments.Contains(iteration) || iteration % Math.Max(1, iterations / MostNorms) == 0;

    /// <summary>A training that starts again or goes back has forgotten what was after this iteration.</summary>
    public void BackTo(int iteration)
    {
        _moments.RemoveAll(moment => moment.Iteration >= iteration);
        _norms.RemoveAll(sample => sample.Iteration >= iteration);
    }

    /// <summary>The trained network.</summary>
    public void End(int iteration, IReadOnlyList<NamedParameter> parameters) => _moments.Add(Copy(iteration, parameters));

    /// <inheritdoc/>
    public void Begun(int iteration, IReadOnlyList<NamedParameter> given)
    {
        _iteration = iteration;
        NamedParameter[] parameters = [.. given.Where(value => value.Name.StartsWith("layers.", StringComparison.Ordinal))];
        _weights = [.. parameters.Where(value => value.Name.EndsWith(".weight", StringComparison.Ordinal))];
        if (_forward.Length == 0)
        {
            _forward = [.. _weights.Select(_ => double.PositiveInfinity)];
            _backward = [.. _weights.Select(_ => double.PositiveInfinity)];
        }

        if (_atMoments.Contains(iteration))
            _moments.Add(Copy(iteration, parameters));
    }

    /// <inheritdoc/>
    public void Applied(Function function, TimeSpan time) => Note(_forward, function, time);

    /// <inheritdoc/>
    public void WentBackward(Function function, Variable outputGradient, IReadOnlyList<Variable?> inputGradients, TimeSpan time) =>
        Note(_backward, function, time);

    /// <inheritdoc/>
    public void Learning(IReadOnlyList<NamedParameter> gradients, double learningRate)
    {
        double[] weights = [.. _weights.Select(weight => TensorStatistics.Of(weight.Value).Norm)];
        _norms.Add(new NormSample(_iteration, weights, [.. gradients
            .Where(gradient => gradient.Name.EndsWith(".weight", StringComparison.Ordinal))
            .Select(gradient => TensorStatistics.Of(gradient.Value).Norm)]));
    }

    /// <inheritdoc/>
    public void Ended(IReadOnlyList<NamedParameter> parameters)
    {
    }

    /// <summary>0, then as many more as there is room for before the end, closer together where the network changes faster.</summary>
    private static IEnumerable<int> MomentsOf(int iterations) =>
        Enumerable.Range(0, MostMoments - 1).Select(i => (int)(iterations * Math.Pow(i / (MostMoments - 1.0), 2)));

    private static Moment Copy(int iteration, IReadOnlyList<NamedParameter> parameters) => new(
        iteration, [.. parameters.Select(value => new ParameterValues(value.Name, value.Value.Shape, value.Value.ToArray()))]);

    /// <summary>The shortest time counts: the first has compilation in it.</summary>
    private void Note(double[] times, Function function, TimeSpan time)
    {
        if (function is not (Conv2dBlockFunction or Conv2dFunction))
            return;
        for (int layer = 0; layer < times.Length; layer++)
        {
            if (function.Inputs[1].Value.SharesMemoryWith(_weights[layer].Value))
                times[layer] = Math.Min(times[layer], time.TotalMilliseconds);
        }
    }
}
