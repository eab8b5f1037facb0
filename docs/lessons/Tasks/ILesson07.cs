namespace Zssr.Lessons;

/// <summary>Lesson 7: learning.</summary>
public interface ILesson07
{
    /// <summary>One step of Adam for one weight (Kingma and Ba 2015, algorithm 1), with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.</summary>
    /// <param name="weight">w before the step.</param>
    /// <param name="gradient">∂loss/∂w.</param>
    /// <param name="mean">m, the running mean of gradients before the step.</param>
    /// <param name="square">v, the running mean of their squares before the step.</param>
    /// <param name="step">Which step, counted from 1.</param>
    /// <param name="rate">The learning rate.</param>
    /// <returns>w, m and v after the step.</returns>
    static abstract (double Weight, double Mean, double Square) Adam(
        double weight, double gradient, double mean, double square, int step, double rate);
}
