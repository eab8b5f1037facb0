using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>A copy of a training's state at one moment, on the same device.</summary>
internal sealed class TrainingSnapshot : IDisposable
{
    /// <summary>A copy of this state.</summary>
    /// <param name="state">Such as <see cref="ZssrTrainer.State"/>.</param>
    /// <param name="iteration">How many iterations had been done.</param>
    public TrainingSnapshot(IReadOnlyList<NamedParameter> state, int iteration)
    {
        State = [.. state.Select(value => value with
        {
            Value = Tensor.Zeros(value.Value.Device, value.Value.Shape, value.Value.DType),
        })];
        Take(state, iteration);
    }

    /// <summary>How many iterations had been done.</summary>
    public int Iteration { get; private set; }

    /// <summary>The copies, under the names of what they are copies of.</summary>
    public IReadOnlyList<NamedParameter> State { get; }

    /// <summary>Replaces the copy by one of another moment; no memory is taken.</summary>
    public void Take(IReadOnlyList<NamedParameter> state, int iteration)
    {
        Copy(from: state, to: State);
        Iteration = iteration;
    }

    /// <summary>Gives a training of the same form the state of that moment.</summary>
    public void Restore(IReadOnlyList<NamedParameter> state) => Copy(from: State, to: state);

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        foreach (NamedParameter value in State)
            value.Value.Dispose();
    }

    private static void Copy(IReadOnlyList<NamedParameter> from, IReadOnlyList<NamedParameter> to)
    {
        foreach ((NamedParameter source, NamedParameter target) in from.Zip(to))
            target.Value.Assign(source.Value);
    }
}
