using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>An input with everything settled that the caller may leave open.</summary>
internal sealed record CheckedInput(
    string Name, Tensor Tensor, double[] Values, bool NeedsGradient, double Epsilon, double AbsoluteTolerance, double RelativeTolerance)
{
    public Shape Shape => Tensor.Shape;

    /// <summary>One of its elements, where the function has a kink.</summary>
    public GradCheckKink KinkAt(int element) => new(Name, Elements.Index(element, Shape), Values[element]);

    /// <summary>Settles an input.</summary>
    /// <param name="input">What the caller gave.</param>
    /// <param name="name">Its name if the caller gave none.</param>
    /// <param name="options">Step and tolerances for inputs that have none of their own.</param>
    public static CheckedInput Of(GradCheckInput input, string name, GradCheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        name = input.Name ?? name;
        var settled = new CheckedInput(
            name, input.Value, input.Value.ToDoubles(), input.NeedsGradient, input.Epsilon ?? options.Epsilon,
            input.AbsoluteTolerance ?? options.AbsoluteTolerance, input.RelativeTolerance ?? options.RelativeTolerance);
        GradCheckOptions.RequireStep(settled.Epsilon, name);
        GradCheckOptions.RequireTolerance(settled.AbsoluteTolerance, name);
        GradCheckOptions.RequireTolerance(settled.RelativeTolerance, name);
        return settled;
    }

    /// <summary>Throws where an input is of another type than the reference asks for.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="dtype">What they must be.</param>
    /// <param name="advice">What to do otherwise, in sentences.</param>
    /// <exception cref="DTypeException">An input is of another type.</exception>
    public static void RequireType(IEnumerable<CheckedInput> inputs, DType dtype, string advice)
    {
        if (inputs.FirstOrDefault(input => input.Tensor.DType != dtype) is { } other)
            throw new DTypeException($"gradient check: {other.Name} {other.Shape} is {other.Tensor.DType.Name()}. {advice}");
    }

    /// <summary>How far a gradient may be from a numeric value.</summary>
    /// <param name="numeric">The numeric value.</param>
    /// <param name="size">How large derivatives are around it, at most 1: the absolute tolerance is as much smaller.</param>
    public double Allowed(double numeric, double size = 1) => AbsoluteTolerance * size + RelativeTolerance * Math.Abs(numeric);
}
