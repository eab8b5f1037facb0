using System.Runtime.CompilerServices;
using Zssr.Autograd;

namespace Zssr.Nn;

/// <summary>y = max(x, 0), element by element.</summary>
public sealed class ReluLayer : Module
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that a tape finds this line: no inlining, and no jump in place of the last call
    public override Variable Forward(Variable x) => ReluFunction.Apply(x);
}
