using Zssr.Autograd;

namespace Zssr.Nn;

/// <summary>
/// Looks inside one iteration of a <see cref="ZssrTrainer"/>: told, in this order, what it begins with, every function forward, every
/// function backward, the gradients, and the parameters after the optimizer's step.
/// </summary>
public interface IStepObserver : ITapeObserver
{
    /// <summary>An iteration begins.</summary>
    /// <param name="iteration">Which, counted from 0.</param>
    /// <param name="given">The images <c>son</c> and <c>father</c>, then the parameters as they are.</param>
    void Begun(int iteration, IReadOnlyList<NamedParameter> given);

    /// <summary>All gradients are there; the optimizer's step follows.</summary>
    /// <param name="gradients">Under the names of their parameters.</param>
    /// <param name="learningRate">The step's size.</param>
    void Learning(IReadOnlyList<NamedParameter> gradients, double learningRate);

    /// <summary>The optimizer has changed the parameters.</summary>
    /// <param name="parameters">As they are now.</param>
    void Ended(IReadOnlyList<NamedParameter> parameters);
}
