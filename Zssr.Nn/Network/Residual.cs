using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>y = f(x) + x: the inner module has only the difference to learn (He et al. 2016).</summary>
public sealed class Residual : Module
{
    private readonly Module _inner;

    /// <summary>The block around f, which belongs to it from now on. Parameters keep their names.</summary>
    public Residual(Module inner) => _inner = Register("", inner);

    /// <inheritdoc/>
    /// <exception cref="ShapeException">f(x) has another shape than x.</exception>
    public override Variable Forward(Variable x)
    {
        Variable y = _inner.Forward(x);
        return ReferenceEquals(y, x) ? y + x : Replace(y, y + x);
    }
}
