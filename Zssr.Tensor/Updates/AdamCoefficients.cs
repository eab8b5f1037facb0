using System.Numerics;

namespace Zssr.Tensors;

/// <summary>The numbers of one step of Adam that are the same for all elements.</summary>
/// <param name="Beta1">β₁.</param>
/// <param name="OneMinusBeta1">1 − β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="OneMinusBeta2">1 − β₂; taken in float32 from β₂ = 0.999 it would be wrong in its fifth digit.</param>
/// <param name="StepSize">lr / (1 − β₁ᵗ).</param>
/// <param name="RootOfCorrection2">√(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdamCoefficients<T>(
    T Beta1, T OneMinusBeta1, T Beta2, T OneMinusBeta2, T StepSize, T RootOfCorrection2, T Epsilon)
    where T : unmanaged, IFloatingPointIeee754<T>;
