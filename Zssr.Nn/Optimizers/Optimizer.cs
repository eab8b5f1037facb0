using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>Moves parameters along their gradients. Owns the running means that it keeps for each parameter.</summary>
public abstract class Optimizer : IDisposable
{
    private readonly List<NamedParameter> _state = [];

    /// <param name="parameters">What is trained; they stay their module's.</param>
    protected Optimizer(IReadOnlyList<NamedParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
    }

    /// <summary>The optimizer of the settings.</summary>
    internal static Optimizer Of(TrainingSettings settings, IReadOnlyList<NamedParameter> parameters) => settings.Optimizer switch
    {
        OptimizerKind.Adam => new Adam(parameters),
        OptimizerKind.Muon => new Muon(parameters, settings.AdamRate / settings.LearningRate, settings.MuonMomentum),
        _ => new Sgd(parameters, settings.Momentum),
    };

    /// <summary>What is trained.</summary>
    public IReadOnlyList<NamedParameter> Parameters { get; }

    /// <summary>How many steps have been made.</summary>
    public long StepCount { get; set; }

    /// <summary>What is kept from step to step, under names such as <c>first_moment.layers.0.weight</c>, in a fixed order.</summary>
    public IReadOnlyList<NamedParameter> State => _state;

    /// <summary>Moves every parameter by one step along the gradient that the tape has for it.</summary>
    /// <param name="tape">The tape on which the loss was computed, after its backward pass.</param>
    /// <param name="learningRate">The step's size, 0 or more.</param>
    /// <exception cref="GraphException">The loss did not depend on one of the parameters; nothing has been changed then.</exception>
    public void Step(Tape tape, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(tape);
        Variable[] gradients = [.. Parameters.Select(parameter => tape.Watch(parameter.Value).Gradient
            ?? throw new GraphException($"optimizer: the loss does not depend on the parameter {parameter.Name}; it has no gradient."))];
        StepCount++;
        Update([.. gradients.Select(gradient => gradient.Value)], learningRate);
    }

    /// <summary>Frees the state.</summary>
    public void Dispose()
    {
        foreach (NamedParameter kept in _state)
            kept.Value.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Moves all parameters, each along the gradient in the same place; by default one after the other.</summary>
    protected virtual void Update(IReadOnlyList<Tensor> gradients, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        for (int i = 0; i < gradients.Count; i++)
            Update(i, Parameters[i].Value, gradients[i], learningRate);
    }

    /// <summary>Moves parameter number <paramref name="index"/>.</summary>
    protected abstract void Update(int index, Tensor parameter, Tensor gradient, double learningRate);

    /// <summary>A tensor of zeros for each parameter, kept under a common name.</summary>
    protected Tensor[] KeepZeros(string name) => [.. Parameters.Select(parameter => KeepZeros(name, parameter))];

    /// <summary>A tensor of zeros for one parameter, kept under a name and the parameter's.</summary>
    protected Tensor KeepZeros(string name, NamedParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Tensor zeros = Tensor.Zeros(parameter.Value.Device, parameter.Value.Shape, parameter.Value.DType);
        _state.Add(new NamedParameter($"{name}.{parameter.Name}", zeros));
        return zeros;
    }
}
