using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>The matrix of all derivatives ∂output[o]/∂input[i] of a function, in two ways.</summary>
internal static class Jacobian
{
    /// <summary>By the backward pass, one output element at a time.</summary>
    /// <returns>For each input the entries [output, element of input], row by row; null where there is a problem.</returns>
    public static double[][]? Analytic(
        Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> inputs, out Shape outputShape, out string? problem)
    {
        using var tape = new Tape();
        Variable[] variables = Watched(tape, inputs);
        Variable output = function(variables);
        outputShape = output.Shape;
        problem = output.RequiresGradient ? null : "the output does not depend on any input that is watched";
        if (problem is not null)
            return null;

        var unit = new double[outputShape.ElementCount];
        double[][] jacobian = [.. inputs.Select(input => new double[unit.Length * input.Count])];
        for (int o = 0; o < unit.Length; o++)
        {
            unit[o] = 1;
            using Tensor seed = Tensor.From(inputs[0].Device, outputShape, unit);
            unit[o] = 0;
            int mark = tape.OwnedCount;
            Variable?[] gradients = tape.Gradients(output, variables, tape.Constant(seed), keepGraph: true);
            for (int i = 0; i < inputs.Count; i++)
                gradients[i]?.Value.ToDoubles().CopyTo(jacobian[i], o * inputs[i].Count);
            tape.DisposeSince(mark);
        }

        return jacobian;
    }

    /// <summary>By central differences: the derivatives of every output element by one input element.</summary>
    public static double[] NumericColumn(
        Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> inputs, int input, int element, double epsilon)
    {
        double[] values = inputs[input].ToDoubles();
        double centre = values[element];
        values[element] = centre + epsilon;
        double[] above = Evaluate(function, inputs, input, values);
        values[element] = centre - epsilon;
        double[] below = Evaluate(function, inputs, input, values);
        // centre ± ε is rounded; divide by the distance that was really moved.
        double distance = centre + epsilon - (centre - epsilon);
        for (int o = 0; o < above.Length; o++)
            above[o] = (above[o] - below[o]) / distance;
        return above;
    }

    private static double[] Evaluate(
        Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> inputs, int changed, double[] values)
    {
        using var tape = new Tape();
        using Tensor moved = Tensor.From(inputs[changed].Device, inputs[changed].Shape, values);
        // Watched, not constant: a function may itself ask for gradients, as the second-order check's does.
        Variable[] variables = Watched(tape, [.. inputs.Select((x, i) => i == changed ? moved : x)]);
        return function(variables).Value.ToDoubles();
    }

    /// <summary>A variable for each input, also where one tensor is given twice: each use is a variable of its own.</summary>
    private static Variable[] Watched(Tape tape, IReadOnlyList<Tensor> inputs) => [.. inputs.Select(input =>
    {
        using Tensor own = input.Share();
        return tape.Watch(own);
    })];
}
