using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Checks a function's backward pass against central differences, element by element:
/// ∂f/∂x[i] ≈ (f(x + ε eᵢ) − f(x − ε eᵢ)) / 2ε, in float64, for every element of every input and of the output.
/// </summary>
/// <remarks>Knows no test framework: a report says what was found.</remarks>
public static class GradCheck
{
    /// <summary>Compares the backward pass of <paramref name="function"/> with differences of its values.</summary>
    /// <param name="function">
    /// From variables, one for each input, to one variable of any shape. It must give the same value each time.
    /// </param>
    /// <param name="inputs">Where the gradients are checked: float64 tensors on one device.</param>
    /// <param name="options">Tolerances and order.</param>
    /// <exception cref="DTypeException">An input is not float64: in float32 the differences would drown in rounding.</exception>
    public static GradCheckReport Run(
        Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0)
            throw new ArgumentException("gradient check: no inputs were given; gradients are with respect to inputs.", nameof(inputs));
        options ??= new GradCheckOptions();
        foreach (Tensor input in inputs)
        {
            if (input.DType != DType.Float64)
            {
                throw new DTypeException(
                    $"gradient check: an input of shape {input.Shape} is {input.DType.Name()}; differences need float64. "
                    + "Convert it with To(DType.Float64).");
            }
        }

        return options.Order switch
        {
            1 => FirstOrder(function, inputs, options),
            2 => SecondOrder(function, inputs, options),
            _ => throw new ArgumentOutOfRangeException(
                nameof(options), $"gradient check: order {options.Order} was asked for; 1 and 2 exist."),
        };
    }

    private static GradCheckReport FirstOrder(
        Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> inputs, GradCheckOptions options)
    {
        double[][]? analytic = Jacobian.Analytic(function, inputs, out Shape outputShape, out string? problem);
        if (analytic is null)
            return new GradCheckReport(false, 0, 0, null, problem);

        int outputs = outputShape.ElementCount, entries = 0, failed = 0;
        GradCheckEntry? worst = null;
        for (int input = 0; input < inputs.Count; input++)
        {
            for (int element = 0; element < inputs[input].Count; element++)
            {
                double[] numeric = Jacobian.NumericColumn(function, inputs, input, element, options.Epsilon);
                for (int output = 0; output < outputs; output++)
                {
                    double tolerance = options.AbsoluteTolerance + options.RelativeTolerance * Math.Abs(numeric[output]);
                    var entry = new Comparison(numeric[output], analytic[input][output * inputs[input].Count + element], tolerance);
                    entries++;
                    if (entry.Severity > 1)
                        failed++;
                    if (worst is null || entry.Severity > worst.Severity)
                    {
                        worst = new GradCheckEntry(
                            input, GradCheckReport.Unravel(element, inputs[input].Shape), GradCheckReport.Unravel(output, outputShape),
                            entry.Numeric, entry.Analytic, tolerance);
                    }
                }
            }
        }

        return entries > 0
            ? new GradCheckReport(failed == 0, entries, failed, worst)
            : new GradCheckReport(false, 0, 0, null, "there is nothing to compare: the inputs or the output have no elements");
    }

    /// <summary>
    /// The gradients of f for a fixed, arbitrary output gradient u are themselves a function of the inputs and of u, and its own
    /// gradients are the second derivatives of f; so the first-order check is run on it.
    /// </summary>
    private static GradCheckReport SecondOrder(
        Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> inputs, GradCheckOptions options)
    {
        Shape outputShape = OutputShape(function, inputs);
        using Tensor u = Tensor.From(inputs[0].Device, outputShape, Arbitrary(outputShape.ElementCount), DType.Float64);

        Variable GradientsOf(IReadOnlyList<Variable> variables)
        {
            IReadOnlyList<Variable> x = [.. variables.Take(inputs.Count)];
            Tape tape = x[0].Tape;
            Variable?[] gradients = tape.Gradients(function(x), x, seed: variables[^1], createGraph: true);
            // One flat row of all gradients, so that the check sees a single output.
            Variable? row = null;
            for (int i = 0; i < x.Count; i++)
            {
                if (gradients[i] is not { } gradient)
                    continue;
                Variable flat = ReshapeFunction.Apply(gradient, [gradient.Shape.ElementCount]);
                row = row is null ? flat : ConcatenateBatchFunction.Apply(row, flat);
            }

            return row ?? throw new GraphException("gradient check: the function's output depends on none of its inputs.");
        }

        return FirstOrder(GradientsOf, [.. inputs, u], options with { Order = 1 });
    }

    private static Shape OutputShape(Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<Tensor> inputs)
    {
        using var tape = new Tape();
        using (tape.NoGradient())
            return function([.. inputs.Select(tape.Constant)]).Shape;
    }

    /// <summary>Numbers between ½ and 1½ without pattern: multiples of the golden ratio, modulo 1.</summary>
    private static double[] Arbitrary(int count) => [.. Enumerable.Range(1, count).Select(i => 0.5 + i * 0.6180339887498949 % 1)];

    /// <summary>One entry while it is compared; most are forgotten at once.</summary>
    private readonly record struct Comparison(double Numeric, double Analytic, double Tolerance)
    {
        public double Severity => GradCheckEntry.SeverityOf(Numeric, Analytic, Tolerance);
    }
}
