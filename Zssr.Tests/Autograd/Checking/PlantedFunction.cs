using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Tests.Autograd.Checking;

/// <summary>A function whose forward and backward pass are given, right or wrong.</summary>
internal sealed class PlantedFunction(
    Func<IReadOnlyList<Tensor>, Tensor> forward, Func<IReadOnlyList<Variable>, Variable, IReadOnlyList<Variable?>> backward) : Function
{
    public static Variable Apply(
        Func<IReadOnlyList<Tensor>, Tensor> forward, Func<IReadOnlyList<Variable>, Variable, IReadOnlyList<Variable?>> backward,
        params ReadOnlySpan<Variable> inputs) => Run(new PlantedFunction(forward, backward), inputs);

    /// <summary>y = x², with the backward pass that is given.</summary>
    public static Variable Square(Variable x, Func<Variable, Variable, Variable?> backward) =>
        Apply(t => Elementwise.Square(t[0]), (v, dy) => [backward(v[0], dy)], x);

    /// <summary>Rearranges a gradient's numbers, which no function does by itself.</summary>
    public static Variable Mangle(Variable gradient, Func<double[], double[]> change)
    {
        Tensor value = gradient.Value;
        using Tensor changed = Tensor.From(value.Device, value.Shape, change(value.ToDoubles()), value.DType);
        return gradient.Tape.Constant(changed);
    }

    protected override Tensor Forward() => forward([.. Inputs.Select(input => input.Value)]);

    protected override IReadOnlyList<Variable?> Backward(Variable dy) => backward(Inputs, dy);
}
