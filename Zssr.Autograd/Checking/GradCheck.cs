using System.Diagnostics;
using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>
/// Checks backward passes against central differences, ∂f/∂x[i] ≈ (f(x + ε eᵢ) − f(x − ε eᵢ)) / 2ε, in float64, or those of float32
/// functions against the same in float64.
/// </summary>
/// <remarks>Knows no test framework: a report says what was found, and what the cause may be.</remarks>
public static class GradCheck
{
    /// <summary>Checks a function of one variable.</summary>
    /// <inheritdoc cref="Run(Func{IReadOnlyList{Variable}, IReadOnlyList{Variable}}, IReadOnlyList{GradCheckInput}, GradCheckOptions?)"/>
    public static GradCheckReport Run(Func<Variable, Variable> function, GradCheckInput x, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(v => [function(v[0])], [x], Named(function), options);
    }

    /// <summary>Checks a function of two variables.</summary>
    /// <inheritdoc cref="Run(Func{IReadOnlyList{Variable}, IReadOnlyList{Variable}}, IReadOnlyList{GradCheckInput}, GradCheckOptions?)"/>
    public static GradCheckReport Run(
        Func<Variable, Variable, Variable> function, GradCheckInput x, GradCheckInput y, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(v => [function(v[0], v[1])], [x, y], Named(function), options);
    }

    /// <summary>Checks a function of three variables.</summary>
    /// <inheritdoc cref="Run(Func{IReadOnlyList{Variable}, IReadOnlyList{Variable}}, IReadOnlyList{GradCheckInput}, GradCheckOptions?)"/>
    public static GradCheckReport Run(
        Func<Variable, Variable, Variable, Variable> function, GradCheckInput x, GradCheckInput y, GradCheckInput z,
        GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(v => [function(v[0], v[1], v[2])], [x, y, z], Named(function), options);
    }

    /// <summary>Checks a function with one output.</summary>
    /// <inheritdoc cref="Run(Func{IReadOnlyList{Variable}, IReadOnlyList{Variable}}, IReadOnlyList{GradCheckInput}, GradCheckOptions?)"/>
    public static GradCheckReport Run(
        Func<IReadOnlyList<Variable>, Variable> function, IReadOnlyList<GradCheckInput> inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(v => [function(v)], inputs, [], options);
    }

    /// <summary>Checks a function with one or several outputs.</summary>
    /// <param name="function">
    /// From variables, one for each input, to one or several variables of any shape. It must give the same values each time, and use no
    /// tensors of its own that are to be differentiated.
    /// </param>
    /// <param name="inputs">Where gradients are checked: float64 tensors on one device; float32 ones for the reference Float64Twin.</param>
    /// <param name="options">Mode, order, step and tolerances.</param>
    /// <exception cref="GradCheckException">It cannot be done: an option is outside its range, or nothing was given.</exception>
    /// <exception cref="DTypeException">The inputs' type does not suit the reference: differences need float64.</exception>
    public static GradCheckReport Run(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> function, IReadOnlyList<GradCheckInput> inputs,
        GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(function, inputs, [], options);
    }

    /// <summary>
    /// Checks a function of many tensors in a structure: a record, a tuple, a list or a dictionary of tensors and of such structures, such as
    /// the parameters of a module. They are found by its public properties and named by them: <c>layers[0].Weight</c>.
    /// </summary>
    /// <param name="function">
    /// What is checked. It gets the tensors' variables as training does, by <see cref="Tape.Watch"/>: <c>(tape, p) =&gt; tape.Watch(p.Weight) * …</c>.
    /// </param>
    /// <param name="inputs">Where gradients are checked.</param>
    /// <param name="options">Mode, order, step and tolerances.</param>
    /// <exception cref="GradCheckException">There is no tensor in the structure, or an option is outside its range.</exception>
    /// <exception cref="DTypeException">A tensor's type does not suit the reference: differences need float64.</exception>
    public static GradCheckReport Run<T>(Func<Tape, T, Variable> function, T inputs, GradCheckOptions? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        IReadOnlyList<GradCheckInput> tensors = TensorTree.In(inputs);
        return Run(
            v => [v[0].Tape.With(tensors.Select(input => input.Value).Zip(v), () => function(v[0].Tape, inputs))], tensors, [], options);
    }

    /// <summary>
    /// The Jacobian by central differences, J[o, i] = (f(x + ε eᵢ)[o] − f(x − ε eᵢ)[o]) / 2ε, as numbers: no backward pass is run, and nothing
    /// compared.
    /// </summary>
    /// <param name="function">f.</param>
    /// <param name="x">Where; float64.</param>
    /// <param name="epsilon">ε.</param>
    /// <returns>A tensor of the output's axes and then the input's, [y…, x…], which is the caller's.</returns>
    /// <exception cref="DTypeException">x is not float64.</exception>
    /// <exception cref="GradCheckException">ε is not above 0.</exception>
    public static Tensor NumericJacobian(Func<Variable, Variable> function, Tensor x, double epsilon = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(function);
        CheckedInput input = CheckedInput.Of(new GradCheckInput(x) { Epsilon = epsilon }, "x", new GradCheckOptions());
        CheckedInput.RequireType([input], DType.Float64, "Differences need float64: convert it with To(DType.Float64).");
        var checkedFunction = new CheckedFunction(v => [function(v[0])], [input]);
        double[][] columns = NumericGradient.Columns(checkedFunction, 0);
        var numbers = new double[checkedFunction.OutputCount * columns.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = columns[i % columns.Length][i / columns.Length];
        return Tensor.From(x.Device, [.. checkedFunction.Outputs[0].Shape, .. x.Shape], numbers);
    }

    private static GradCheckReport Run(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> function, IReadOnlyList<GradCheckInput> inputs, string[] names,
        GradCheckOptions? options)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new GradCheckOptions();
        options.Validate();
        if (inputs.Count == 0)
            throw new GradCheckException("gradient check: no inputs were given; gradients are with respect to inputs.");
        IReadOnlyList<CheckedInput> settled =
            [.. inputs.Select((input, i) => CheckedInput.Of(input, i < names.Length ? names[i] : $"input {i}", options))];
        if (!settled.Any(input => input.NeedsGradient))
            throw new GradCheckException("gradient check: no input needs a gradient; set NeedsGradient for at least one.");

        var clock = Stopwatch.StartNew();
        return Check(function, settled, options) with { Time = clock.Elapsed };
    }

    private static GradCheckReport Check(
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> function, IReadOnlyList<CheckedInput> inputs, GradCheckOptions options)
    {
        try
        {
            return options.Reference == GradCheckReference.Float64Twin
                ? TwinCheck.Run(function, inputs, options) : DifferenceCheck.Run(function, inputs, options);
        }
        catch (ChangingOutputException problem)
        {
            return new GradCheckReport { Mode = options.Mode, Reference = options.Reference, Problems = [problem.Message] };
        }
    }

    /// <summary>The names of a function's own parameters.</summary>
    private static string[] Named(Delegate function) => [.. function.Method.GetParameters().Select(parameter => parameter.Name ?? "input")];
}
