using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>A part of a computation that can be run again, on any tape, and differentiated there.</summary>
/// <param name="compute">From inputs to outputs.</param>
/// <param name="inputs">How many inputs it has.</param>
/// <param name="watched">The tensors that it watches itself, such as weights: inputs too, after the others.</param>
internal sealed class RecomputedPart(
    Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> compute, int inputs, IReadOnlyList<Tensor> watched)
{
    /// <summary>The outputs.</summary>
    /// <param name="variables">The inputs.</param>
    public IReadOnlyList<Variable> On(IReadOnlyList<Variable> variables)
    {
        Tape tape = variables[0].Tape;
        for (int k = 0; k < watched.Count; k++)
            tape.WatchAs(watched[k], variables[inputs + k]);
        IReadOnlyList<Variable>? outputs = compute(watched.Count == 0 ? variables : [.. variables.Take(inputs)]);
        if (outputs is null || outputs.Count == 0 || outputs.Any(output => output is null))
            throw new GraphException("Recompute: compute gave null or nothing. Return what it computes, a variable at least.");
        return outputs.All(output => output.Tape == tape)
            ? outputs
            : throw new GraphException(
                "Recompute: compute gave a variable of another tape. Compute it from the variables that it is given.");
    }

    /// <summary>
    /// The gradients of Σ dyₖ · yₖ; recorded if the tape is recording. The values in between are recorded in any case, and freed on the way
    /// if they can be.
    /// </summary>
    /// <param name="variables">The inputs, those that are watched, and dy for each output.</param>
    /// <param name="wanted">The inputs whose gradients are wanted; at least one.</param>
    /// <param name="check">Is shown the outputs.</param>
    /// <returns>Them; zeros where no output depends on an input.</returns>
    public IReadOnlyList<Variable> Gradients(
        IReadOnlyList<Variable> variables, int[] wanted, Action<IReadOnlyList<Variable>>? check = null)
    {
        Tape tape = variables[0].Tape;
        int all = inputs + watched.Count;
        bool isRecorded = tape.IsRecording;
        IReadOnlyList<Variable> outputs;
        using (tape.Recorded())
            outputs = On([.. variables.Take(all)]);
        check?.Invoke(outputs);
        int[] roots = [.. Enumerable.Range(0, outputs.Count).Where(k => outputs[k].RequiresGradient)];
        Variable[] to = [.. wanted.Select(i => variables[i])];
        Variable?[] gradients = roots.Length == 0
            ? new Variable?[to.Length]
            : tape.Gradients([.. roots.Select(k => outputs[k])], to, [.. roots.Select(k => variables[all + k])], createGraph: isRecorded);
        return [.. gradients.Select((gradient, i) => gradient ?? Zeros(tape, to[i].Value))];
    }

    private static Variable Zeros(Tape tape, Tensor like) => tape.Adopt(Tensor.Zeros(like.Device, like.Shape, like.DType));
}
