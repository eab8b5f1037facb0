namespace Zssr.Autograd;

/// <summary>
/// Looks over a tape's shoulder: told of every function as it is applied and as gradients flow back through it, with the time each took.
/// See <see cref="Tape.Observer"/>.
/// </summary>
/// <remarks>
/// Read what you need within the call: values and gradients are freed soon after. A tape goes backward once at a time: from within
/// <see cref="WentBackward"/>, and within <see cref="Applied"/> of what a pass with createGraph records, Backward and Gradients of the same
/// tape throw a <see cref="GraphException"/>, and it cannot be cleared or disposed.
/// Another tape may be used as one likes. What an observer throws ends the computation or the pass, and reaches whoever called for it.
/// </remarks>
public interface ITapeObserver
{
    /// <summary>A function was applied and recorded; its inputs and output are there.</summary>
    /// <param name="function">The function.</param>
    /// <param name="time">What its forward pass took, until the device had finished.</param>
    void Applied(Function function, TimeSpan time);

    /// <summary>Gradients have flowed back through a function.</summary>
    /// <param name="function">The function; its inputs and output are still there.</param>
    /// <param name="outputGradient">The gradient of its output, complete; of the first where there are several.</param>
    /// <param name="inputGradients">What it brings to each input; null where none was needed.</param>
    /// <param name="time">What its backward pass took, until the device had finished.</param>
    void WentBackward(Function function, Variable outputGradient, IReadOnlyList<Variable?> inputGradients, TimeSpan time);
}
