using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>
/// (y₁, y₂, …) = compute(x₁, x₂, …), of which the tape keeps inputs and outputs only. What lies between is computed again in the backward
/// pass: one more forward pass for the memory of all values in between (Chen et al. 2016, "Training deep nets with sublinear memory cost";
/// as PyTorch's <c>checkpoint</c>).
/// <code>
/// Variable y = RecomputeFunction.Apply(x =&gt; block.Forward(x), x);
/// </code>
/// Backward: dx = the gradient of Σ dyₖ · compute(x)ₖ, which can be differentiated in turn, to any order.
/// </summary>
/// <remarks>
/// Compute runs on a tape of its own. What it uses must come from its arguments, from <c>x.Tape.Constant(tensor)</c>, or from
/// <c>x.Tape.Watch(tensor)</c>, as layers do with their weights; variables of the outer tape are refused. An observer of the outer tape is
/// not told what happens within.
/// </remarks>
public sealed class RecomputeFunction : MultiOutputFunction
{
    private readonly RecomputedPart _part;
    private IReadOnlyList<Tensor> _values;

    private RecomputeFunction(RecomputedPart part, IReadOnlyList<Tensor> values) => (_part, _values) = (part, values);

    /// <summary>y = compute(x).</summary>
    /// <inheritdoc cref="Apply(Func{IReadOnlyList{Variable}, IReadOnlyList{Variable}}, IReadOnlyList{Variable})"/>
    public static Variable Apply(Func<Variable, Variable> compute, Variable x)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return Apply(variables => [compute(variables[0])], [x])[0];
    }

    /// <summary>(y₁, y₂, …) = compute(x₁, x₂, …).</summary>
    /// <param name="compute">Gives the same for the same inputs whenever it is called: random numbers in it need fixed seeds.</param>
    /// <param name="inputs">One at least, of one tape.</param>
    /// <returns>What compute gives, one variable at least.</returns>
    /// <exception cref="GraphException">
    /// Compute gave nothing, or variables of another tape; or, in the backward pass, other values than in the forward pass.
    /// </exception>
    public static IReadOnlyList<Variable> Apply(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> compute, params IReadOnlyList<Variable> inputs)
    {
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (Variable input in inputs)
            ArgumentNullException.ThrowIfNull(input);
        if (inputs.Count == 0)
            throw new GraphException("Recompute: it was applied to nothing; it needs at least one input.");

        Tape tape = inputs[0].Tape;
        if (!tape.IsRecording)
            return new RecomputedPart(compute, inputs.Count, []).On(inputs);

        var watched = new OrderedDictionary<Tensor, Variable>(ReferenceEqualityComparer.Instance);
        using Tape inner = InnerTape(tape, tensor => watched[tensor] = tape.Watch(tensor));
        IReadOnlyList<Variable> outputs;
        using (inner.NoGradient())
            outputs = new RecomputedPart(compute, inputs.Count, []).On(StandIns(inner, inputs));
        var part = new RecomputedPart(compute, inputs.Count, [.. watched.Keys]);
        return RunAll(new RecomputeFunction(part, [.. outputs.Select(y => y.Value.Share())]), [.. inputs, .. watched.Values]);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor> ForwardAll()
    {
        // The checker may apply the function anew, at other inputs.
        IReadOnlyList<Tensor> values = _values.Count > 0 ? _values : Recomputed();
        _values = [];
        return values;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(IReadOnlyList<Variable> dy)
    {
        int[] wanted = [.. Enumerable.Range(0, Inputs.Count).Where(NeedsGradient)];
        IReadOnlyList<Variable> given = [.. Inputs, .. dy];
        Tape tape = Inputs[0].Tape;
        IReadOnlyList<Variable> gradients;
        if (tape.IsRecording)
        {
            gradients = Apply(variables => _part.Gradients(variables, wanted), given);
        }
        else
        {
            using Tape inner = InnerTape(tape, RefuseToLend);
            IReadOnlyList<Variable> found = _part.Gradients(StandIns(inner, given), wanted, RequireSameValues);
            gradients = [.. found.Select(gradient => tape.Adopt(gradient.Value.Share()))];
        }

        var all = new Variable?[Inputs.Count];
        for (int i = 0; i < wanted.Length; i++)
            all[wanted[i]] = gradients[i];
        return all;
    }

    private Tensor[] Recomputed()
    {
        using Tape inner = InnerTape(Inputs[0].Tape, RefuseToLend);
        using (inner.NoGradient())
            return [.. _part.On(StandIns(inner, Inputs)).Select(y => y.Value.Share())];
    }

    /// <summary>Throws where the outputs are not those of the forward pass: gradients would be those of another computation.</summary>
    private void RequireSameValues(IReadOnlyList<Variable> again)
    {
        bool isSame = again.Count == OutputCount;
        for (int k = 0; k < again.Count && isSame; k++)
        {
            (Tensor before, Tensor now) = (Outputs[k].Value, again[k].Value);
            isSame = before.Shape == now.Shape && before.DType == now.DType && LargestDifference(before, now) is 0 or double.NaN;
        }

        if (!isSame)
        {
            throw new GraphException(
                $"backward: {FunctionText.Of(this)}: compute gives other values than in the forward pass, so its gradients would be wrong. "
                + "It must give the same whenever it is called: fix the seeds of random numbers, and change nothing that it reads.");
        }
    }

    private static double LargestDifference(Tensor x, Tensor y)
    {
        if (x.Count == 0)
            return 0;
        using Tensor difference = Elementwise.Subtract(x, y), distance = Elementwise.Abs(difference), largest = Reduction.Max(distance);
        return largest.Item();
    }

    /// <summary>A tape on which a part of another one's computation runs.</summary>
    /// <param name="outer">The other one.</param>
    /// <param name="lend">Gives the other tape's variable for a tensor that is watched within.</param>
    private static Tape InnerTape(Tape outer, Func<Tensor, Variable> lend) => new()
    {
        Lender = (inner, tensor) => StandIn(inner, lend(tensor)),
        RemembersLines = outer.RemembersLines,
        StopsAtNaN = outer.StopsAtNaN,
    };

    private static Variable[] StandIns(Tape inner, IReadOnlyList<Variable> variables) =>
        [.. variables.Select(variable => inner.Owned.Add(StandIn(inner, variable)))];

    private static Variable StandIn(Tape inner, Variable variable) =>
        new Variable(inner, variable.Value.Share(), variable.RequiresGradient).Keep();

    private Variable RefuseToLend(Tensor tensor) => throw new GraphException(
        $"{FunctionText.Of(this)}: compute watches a tensor {tensor.Shape} that it did not watch in the forward pass. "
        + "It must do the same whenever it is called.");
}
