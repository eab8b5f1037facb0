using Zssr.Autograd;
using Zssr.Tensors;

namespace Zssr.Tests.Autograd.Checking.Planted;

/// <summary>A function in plain float64 on the host, with a mistake planted in its backward pass (or none).</summary>
/// <param name="Name">What the mistake is.</param>
/// <param name="Said">What the report must say of it; empty for a function that is right.</param>
/// <param name="Shapes">Of the inputs.</param>
/// <param name="Output">Of the output.</param>
/// <param name="Forward">The output's numbers, from those of the inputs.</param>
/// <param name="Backward">The gradients, from the inputs, the output gradient, and which inputs need one.</param>
internal sealed record Plant(
    string Name, string Said, Shape[] Shapes, Shape Output, Func<double[][], double[]> Forward,
    Func<double[][], double[], bool[], double[]?[]> Backward)
{
    /// <summary>Whether single elements that are chosen at random may miss it.</summary>
    public bool IsRare { get; init; }

    /// <summary>Where it is tried.</summary>
    public double[][] Inputs(int seed = 1)
    {
        var random = new Random(seed);
        // Numbers of both signs, away from 0.
        return [.. Shapes.Select(shape => Enumerable.Range(0, shape.ElementCount)
            .Select(_ => (random.Next(2) * 2 - 1) * (0.3 + 2 * random.NextDouble())).ToArray())];
    }

    public Variable Apply(IReadOnlyList<Variable> inputs) => HostFunction.Of(this, inputs);

    public override string ToString() => Name;

    private sealed class HostFunction(Plant plant) : Function
    {
        public override string Name => "F";

        public static Variable Of(Plant plant, IReadOnlyList<Variable> inputs) => Run(new HostFunction(plant), [.. inputs]);

        protected override Tensor Forward() => Tensor.From(Inputs[0].Value.Device, plant.Output, plant.Forward(Values), Inputs[0].DType);

        protected override IReadOnlyList<Variable?> Backward(Variable dy)
        {
            double[]?[] gradients =
                plant.Backward(Values, dy.Value.ToDoubles(), [.. Enumerable.Range(0, Inputs.Count).Select(NeedsGradient)]);
            return [.. gradients.Select((gradient, i) => gradient is null || !NeedsGradient(i) ? null : Constant(i, gradient))];
        }

        private double[][] Values => [.. Inputs.Select(input => input.Value.ToDoubles())];

        private Variable Constant(int input, double[] gradient)
        {
            using Tensor value = Tensor.From(Inputs[input].Value.Device, Inputs[input].Shape, gradient, Inputs[input].DType);
            return Inputs[input].Tape.Constant(value);
        }
    }
}
