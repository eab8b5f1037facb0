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
