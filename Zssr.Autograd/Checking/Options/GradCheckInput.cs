using Zssr.Tensors;

namespace Zssr.Autograd.Checking;

/// <summary>An input at which gradients are checked. A tensor by itself serves as one.</summary>
/// <param name="Value">The value. It stays the caller's and is not changed.</param>
public sealed record GradCheckInput(Tensor Value)
{
    /// <summary>Its name in reports; if not given, the function's own name for it where it has one, or its number.</summary>
    public string? Name { get; init; }

    /// <summary>Whether its gradient is checked; otherwise it is a constant to the function.</summary>
    public bool NeedsGradient { get; init; } = true;

    /// <summary>Instead of <see cref="GradCheckOptions.Epsilon"/>, for this input.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Instead of <see cref="GradCheckOptions.AbsoluteTolerance"/>, for this input.</summary>
    public double? AbsoluteTolerance { get; init; }

    /// <summary>Instead of <see cref="GradCheckOptions.RelativeTolerance"/>, for this input.</summary>
    public double? RelativeTolerance { get; init; }

    /// <summary>An input with the options' step and tolerances.</summary>
    public static implicit operator GradCheckInput(Tensor value) => new(value);

    /// <summary>An input with the options' step and tolerances.</summary>
    public static GradCheckInput FromTensor(Tensor value) => new(value);
}
