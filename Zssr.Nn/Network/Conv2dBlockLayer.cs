using System.Runtime.CompilerServices;
using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// The block of which ZSSR's networks consist: y = f(conv2d(x)) with f = ReLU or nothing, and, in residual blocks, + x at the end.
/// Where the device can do all of it in one operation, <see cref="Conv2dBlockFunction"/> is used.
/// </summary>
public sealed class Conv2dBlockLayer : Module
{
    /// <summary>A block around a convolution, which belongs to it from now on. Parameters keep their names.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="hasRelu">Whether negative outputs become 0.</param>
    /// <param name="isResidual">Whether x is added at the end; the convolution must then keep x's shape.</param>
    public Conv2dBlockLayer(Conv2dLayer convolution, bool hasRelu, bool isResidual)
    {
        Convolution = Register("", convolution);
        (HasRelu, IsResidual) = (hasRelu, isResidual);
    }

    /// <summary>The convolution.</summary>
    public Conv2dLayer Convolution { get; }

    /// <summary>Whether negative outputs become 0.</summary>
    public bool HasRelu { get; }

    /// <summary>Whether x is added at the end.</summary>
    public bool IsResidual { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that a tape finds this line: no inlining, and no jump in place of the last call
    public override Variable Forward(Variable x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!Conv2dBlockFunction.Fits(x))
            return Compose(x);
        var form = new Conv2dBlockForm(Convolution.Stride, Convolution.Padding, HasRelu, IsResidual);
        Variable weight = Convolution.Weight(x.Tape);
        Variable? bias = Convolution.Bias(x.Tape);
        return Conv2dBlockFunction.Apply(x, weight, bias, form);
    }

    /// <summary>The block part by part.</summary>
    private Variable Compose(Variable x)
    {
        Variable y = Convolution.Forward(x);
        if (HasRelu)
            y = Replace(y, ReluFunction.Apply(y));
        if (IsResidual)
            y = Replace(y, y + x);
        return y;
    }
}
