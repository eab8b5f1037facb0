using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The mean of a network's weights over its last iterations, ā ← ā + (w − ā) / n after the n-th of them: single steps jump around the
/// minimum, their mean lies nearer to it (Polyak and Juditsky 1992; Izmailov et al. 2018).
/// </summary>
public sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<NamedParameter> _parameters;
    private readonly int _first;

    /// <summary>A mean of nothing yet.</summary>
    /// <param name="parameters">What is averaged; they stay their module's.</param>
    /// <param name="first">How many iterations pass before the first that counts.</param>
    internal WeightAverage(IReadOnlyList<NamedParameter> parameters, int first)
    {
        (_parameters, _first) = (parameters, first);
        State = [.. parameters.Select(parameter => parameter with
        {
            Value = Tensor.Zeros(parameter.Value.Device, parameter.Value.Shape, parameter.Value.DType),
        })];
    }

    /// <summary>The means, under the parameters' names; 0 until the first iteration counts.</summary>
    public IReadOnlyList<NamedParameter> State { get; }

    /// <summary>Counts the weights after an iteration.</summary>
    /// <param name="iterations">How many iterations have been done.</param>
    internal void Add(int iterations)
    {
        int n = iterations - _first;
        if (n < 1)
            return;
        foreach ((NamedParameter parameter, NamedParameter mean) in _parameters.Zip(State))
        {
            using Tensor difference = Elementwise.Subtract(parameter.Value, mean.Value);
            using Tensor step = Elementwise.Multiply(difference, 1.0 / n);
            Elementwise.Accumulate(mean.Value, step);
        }
    }

    /// <summary>Gives the network the means, if an iteration has counted. Once more changes nothing.</summary>
    /// <param name="iterations">How many iterations have been done.</param>
    internal void Apply(int iterations)
    {
        if (iterations <= _first)
            return;
        foreach ((NamedParameter parameter, NamedParameter mean) in _parameters.Zip(State))
            parameter.Value.Assign(mean.Value);
    }

    /// <summary>Frees the means.</summary>
    public void Dispose()
    {
        foreach (NamedParameter mean in State)
            mean.Value.Dispose();
    }
}
