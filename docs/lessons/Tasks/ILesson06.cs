using Zssr.Tensors;

namespace Zssr.Lessons;

/// <summary>Lesson 6: father and son.</summary>
public interface ILesson06
{
    /// <summary>
    /// The network's input for a father: shrunk by the scale with MATLAB's bicubic imresize, antialiased, and enlarged to the father's size
    /// again.
    /// </summary>
    /// <param name="father">[1, H, W, C]; H and W are multiples of the scale.</param>
    /// <param name="scale">2 or more.</param>
    /// <returns>[1, H, W, C].</returns>
    static abstract Tensor Son(Tensor father, int scale);
}
