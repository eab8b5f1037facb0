namespace Zssr.Lessons;

/// <summary>Lesson 10: the same with fewer multiplications (Winograd 1980; Lavin and Gray 2016).</summary>
public interface ILesson10
{
    /// <summary>
    /// Two outputs of a convolution with three weights, y₀ = d₀g₀ + d₁g₁ + d₂g₂ and y₁ = d₁g₀ + d₂g₁ + d₃g₂, with four multiplications
    /// instead of six.
    /// </summary>
    /// <param name="d">Four inputs.</param>
    /// <param name="u">What <see cref="Transform"/> has made of the weights.</param>
    static abstract (Counted First, Counted Second) TwoOutputs(IReadOnlyList<Counted> d, IReadOnlyList<Counted> u);

    /// <summary>Prepares the weights g₀, g₁, g₂, once for all outputs: four numbers. Multiplications here do not count.</summary>
    static abstract Counted[] Transform(IReadOnlyList<Counted> g);
}
