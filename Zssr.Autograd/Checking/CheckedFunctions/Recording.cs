using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>One run of a function on a tape of its own, whose backward pass can be asked for any number of output gradients.</summary>
internal sealed class Recording(Tape tape, IReadOnlyList<Variable> inputs, IReadOnlyList<Variable> outputs) : IDisposable
{
    public Tape Tape => tape;

    public IReadOnlyList<Variable> Inputs => inputs;

    public IReadOnlyList<Variable> Outputs => outputs;

    /// <summary>Whether a backward pass has changed the output gradient that it was given, of those that were watched.</summary>
    public bool ChangedOutputGradient { get; private set; }

    /// <summary>The numbers of all outputs, one output after the other.</summary>
    public double[] Values() => outputs.Count == 1
        ? outputs[0].Value.ToDoubles() : [.. outputs.SelectMany(output => output.Value.ToDoubles())];

    /// <summary>
    /// The gradients of Σ outputGradient[o] · output[o] by the backward pass, for each input; null where none comes, because no output
    /// depends on the input or because it needs none.
    /// </summary>
    /// <param name="outputGradient">A number for each number of the outputs.</param>
    /// <param name="watched">Whether to look at the output gradient again afterwards.</param>
    public double[]?[] Gradients(ReadOnlySpan<double> outputGradient, bool watched = false)
    {
        var sums = new double[]?[inputs.Count];
        foreach (Variable output in outputs)
        {
            ReadOnlySpan<double> seed = outputGradient[..output.Shape.ElementCount];
            outputGradient = outputGradient[seed.Length..];
            if (output.RequiresGradient)
                AddGradients(output, seed, sums, watched);
        }

        return sums;
    }

    /// <summary>The gradients of a single number of the outputs.</summary>
    public double[]?[] GradientsOf(int number)
    {
        var sums = new double[]?[inputs.Count];
        foreach (Variable output in outputs)
        {
            int count = output.Shape.ElementCount;
            if (number < count)
            {
                var seed = new double[count];
                seed[number] = 1;
                if (output.RequiresGradient)
                    AddGradients(output, seed, sums, watched: false);
                break;
            }

            number -= count;
        }

        return sums;
    }

    public void Dispose() => tape.Dispose();

    private void AddGradients(Variable output, ReadOnlySpan<double> outputGradient, double[]?[] sums, bool watched)
    {
        int mark = tape.Owned.Count;
        using Tensor seed = Tensor.From(output.Value.Device, output.Shape, outputGradient, output.DType);
        double[] rounded = watched ? seed.ToDoubles() : [];
        Variable?[] gradients = tape.Gradients(output, WatchedInputs, tape.Constant(seed), keepGraph: true);
        if (watched)
            ChangedOutputGradient |= !Elements.AreSameBits(seed.ToDoubles(), rounded);
        for (int i = 0, next = 0; i < inputs.Count; i++)
        {
            if (inputs[i].RequiresGradient && gradients[next++] is { } gradient)
                sums[i] = Sum(sums[i], gradient.Value.ToDoubles());
        }

        tape.Owned.DisposeSince(mark);
    }

    private IReadOnlyList<Variable> WatchedInputs => [.. inputs.Where(input => input.RequiresGradient)];

    private static double[] Sum(double[]? sum, double[] term)
    {
        if (sum is null)
            return term;
        for (int i = 0; i < sum.Length; i++)
            sum[i] += term[i];
        return sum;
    }
}
