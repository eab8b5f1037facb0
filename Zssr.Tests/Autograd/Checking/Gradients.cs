using NUnit.Framework.Constraints;
using Zssr.Autograd;
using Zssr.Autograd.Checking;

namespace Zssr.Tests.Autograd.Checking;

/// <summary>
/// Gradient checks as an NUnit constraint: <c>Assert.That(f, Gradients.AreCorrectAt(x, w).ToOrder(2))</c>, where f is a function of as many
/// variables, such as a <c>Func&lt;Variable, Variable, Variable&gt;</c>. This file needs nothing else of these tests: copy it into yours.
/// </summary>
public static class Gradients
{
    /// <summary>The gradients are right at these inputs: float64 tensors, or <see cref="GradCheckInput"/>s with their own steps.</summary>
    public static GradientConstraint AreCorrectAt(params GradCheckInput[] inputs) => new(inputs, new GradCheckOptions());
}

/// <summary>Runs <see cref="GradCheck"/>; a failure shows its report.</summary>
public sealed class GradientConstraint(GradCheckInput[] inputs, GradCheckOptions options) : Constraint
{
    /// <inheritdoc/>
    public override string Description => "a function whose backward pass agrees with its values";

    /// <summary>Checks derivatives of the first and, for 2, of the second order.</summary>
    public GradientConstraint ToOrder(int order) => WithOptions(current => current with { Order = order });

    /// <summary>Compares this share of what is there: all entries, random directions or a sample of elements.</summary>
    public GradientConstraint In(GradCheckMode mode) => WithOptions(current => current with { Mode = mode });

    /// <summary>Compares a function of float32 inputs with itself in float64.</summary>
    public GradientConstraint AsInFloat64() => WithOptions(current => current with { Reference = GradCheckReference.Float64Twin });

    /// <summary>Changes any other option: <c>.WithOptions(o => o with { RelativeTolerance = 1e-5 })</c>.</summary>
    public GradientConstraint WithOptions(Func<GradCheckOptions, GradCheckOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new GradientConstraint(inputs, change(options));
    }

    /// <inheritdoc/>
    public override ConstraintResult ApplyTo<TActual>(TActual actual)
    {
        GradCheckReport report = GradCheck.Run(Function(actual), inputs, options);
        return new Result(this, report);
    }

    private Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> Function(object? actual) => actual switch
    {
        Func<Variable, Variable> f when inputs.Length == 1 => v => [f(v[0])],
        Func<Variable, Variable, Variable> f when inputs.Length == 2 => v => [f(v[0], v[1])],
        Func<Variable, Variable, Variable, Variable> f when inputs.Length == 3 => v => [f(v[0], v[1], v[2])],
        Func<IReadOnlyList<Variable>, Variable> f => v => [f(v)],
        Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> f => f,
        _ => throw new ArgumentException(
            $"gradients were to be checked at {inputs.Length} inputs of a {actual?.GetType().ToString() ?? "null"}; give a function of "
            + "as many variables, such as a Func<Variable, Variable>, or of a list of variables."),
    };

    private sealed class Result(IConstraint constraint, GradCheckReport report) : ConstraintResult(constraint, report, report.Passed)
    {
        public override void WriteActualValueTo(MessageWriter writer) => writer.WriteLine(report.ToString());
    }
}
