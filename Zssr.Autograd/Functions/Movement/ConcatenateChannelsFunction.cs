using Zssr.Tensors;

namespace Zssr.Autograd;

/// <summary>y = the inputs one after the other along the last axis, the channels. Backward: each gets its part of dy.</summary>
public sealed class ConcatenateChannelsFunction : Function
{
    /// <summary>The inputs along the last axis, the channels: […, C₁], […, C₂] and so on give […, C₁ + C₂ + …].</summary>
    /// <exception cref="ShapeException">Other axes than the last differ.</exception>
    public static Variable Apply(params ReadOnlySpan<Variable> parts) => Run(new ConcatenateChannelsFunction(), parts);

    /// <inheritdoc/>
    protected override Tensor Forward() => Concatenation.Channels([.. Inputs.Select(part => part.Value)]);

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable?> Backward(Variable dy)
    {
        int axis = dy.Shape.Rank - 1;
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
