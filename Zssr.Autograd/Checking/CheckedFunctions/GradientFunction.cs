using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// The gradients of f for an output gradient u are themselves a function of the inputs and of u; the gradients of that function are the
/// second derivatives of f, and the output gradient's own. So checking f to the second order is checking this function to the first.
/// </summary>
internal static class GradientFunction
{
    /// <summary>The function (x, u) ↦ (∂(u · f(x)) / ∂xᵢ for each input that needs a gradient).</summary>
    /// <param name="function">f.</param>
    /// <param name="seeds">The tensors that are made for u are added here; the caller frees them.</param>
    /// <param name="options">Step and tolerances for u, and which random numbers it has.</param>
    public static CheckedFunction Of(CheckedFunction function, List<Tensor> seeds, GradCheckOptions options)
    {
        IReadOnlyList<Tensor> seed = Seed(function, new Random(options.Seed));
        seeds.AddRange(seed);
        return Of(function, seed, options);
    }

    /// <summary>The function (x, u) ↦ (∂(u · f(x)) / ∂xᵢ for each input that needs a gradient).</summary>
    /// <param name="function">f.</param>
    /// <param name="seed">Tensors for u, one for each output; the caller frees them.</param>
    /// <param name="options">Step and tolerances for u.</param>
    public static CheckedFunction Of(CheckedFunction function, IReadOnlyList<Tensor> seed, GradCheckOptions options)
    {
        int inputs = function.Inputs.Count;
        IReadOnlyList<CheckedInput> all =
        [
            .. function.Inputs,
            .. seed.Select((u, k) => CheckedInput.Of(u, $"gradient of {function.Outputs[k].Name}", options)),
        ];
        int[] reached = Reached(function);
        return new CheckedFunction(GradientsOf, all, [.. reached.Select(i => $"gradient of {function.Inputs[i].Name}")])
        {
            AllowsConstants = false,
        };

        IReadOnlyList<Variable> GradientsOf(IReadOnlyList<Variable> variables)
        {
            IReadOnlyList<Variable> x = [.. variables.Take(inputs)], outputs = function.Apply(x);
            int[] wanted = [.. Enumerable.Range(0, inputs).Where(i => x[i].RequiresGradient)];
            var sums = new Variable?[inputs];
            for (int k = 0; k < outputs.Count; k++)
            {
                if (!outputs[k].RequiresGradient)
                    continue;
                Variable?[] gradients = x[0].Tape.Gradients(
                    outputs[k], [.. wanted.Select(i => x[i])], variables[inputs + k], createGraph: true);
                foreach ((int i, Variable? gradient) in wanted.Zip(gradients))
                    sums[i] = sums[i] is { } sum && gradient is { } term ? sum + term : sums[i] ?? gradient;
            }

            return [.. reached.Select(i => sums[i]!)];
        }
    }

    /// <summary>Numbers for u.</summary>
    public static IReadOnlyList<Tensor> Seed(CheckedFunction function, Random random)
    {
        Device device = function.Inputs[0].Tensor.Device;
        return
        [
            .. function.Outputs.Select(output =>
                Tensor.From(device, output.Shape, Observation.RandomWeights(output.Shape.ElementCount, random), output.DType)),
        ];
    }

    /// <summary>The inputs that get a gradient.</summary>
    private static int[] Reached(CheckedFunction function)
    {
        using Recording recording = function.Record();
        double[]?[] gradients = recording.Gradients(new double[function.OutputCount]);
        return [.. Enumerable.Range(0, gradients.Length).Where(i => gradients[i] is not null)];
    }
}
