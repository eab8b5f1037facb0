using Zssr.Autograd;

namespace Zssr.Nn;

/// <summary>y = max(x, 0), element by element.</summary>
public sealed class ReluLayer : Module
{
    /// <inheritdoc/>
    public override Variable Forward(Variable x) => ReluFunction.Apply(x);
}
