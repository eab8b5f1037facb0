using Zssr.Autograd;

namespace Zssr.Lessons;

/// <summary>Lesson 5: the network.</summary>
public interface ILesson05
{
    /// <summary>One block: conv2d that keeps the size, plus bias if there is one, then ReLU if wanted, then + x if wanted.</summary>
    /// <param name="x">[N, H, W, C].</param>
    /// <param name="weight">[k, k, C, K] with odd k.</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="hasRelu">Whether negative values become 0.</param>
    /// <param name="isResidual">Whether x is added at the end; K is C then.</param>
    static abstract Variable Block(Variable x, Variable weight, Variable? bias, bool hasRelu, bool isResidual);

    /// <summary>How many numbers are trained: <paramref name="depth"/> convolutions, all but first and last between equal widths.</summary>
    static abstract int ParameterCount(int depth, int width, int channels, int kernelSize, bool hasBias);

    /// <summary>How far a pixel of the input reaches: up to how many rows away does it change the output?</summary>
    static abstract int Reach(int depth, int kernelSize);
}
