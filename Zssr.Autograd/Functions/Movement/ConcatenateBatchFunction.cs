using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = the inputs one after the other along the first axis, the batch. Backward: each gets its part of dy.</summary>
public sealed class ConcatenateBatchFunction : Function
{
    /// <summary>The inputs along the first axis, the batch: [N₁, …], [N₂, …] and so on give [N₁ + N₂ + …, …].</summary>
    /// <exception cref="ShapeException">Other axes than the first differ.</exception>
    public static Variable Apply(params ReadOnlySpan<Variable> parts) => Run(new ConcatenateBatchFunction(), parts);

    /// <inheritdoc/>
    protected override Tensor Forward() => Concatenation.Batch([.. Inputs.Select(part => part.Value)]);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        int axis = 0;
        var gradients = new Variable?[Inputs.Count];
        int start = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            int length = Inputs[i].Shape[axis];
            gradients[i] = NeedsGradient(i) ? SliceFunction.Apply(dy, axis, start, length) : null;
            start += length;
        }

        return gradients;
    }
}
