using Zssr.Tensors;

namespace Zssr.Lessons;

/// <summary>Lesson 2: a kernel.</summary>
public interface ILesson02
{
    /// <summary>The negative of a picture, y[i] = 1 − x[i], computed by a kernel of your own on the tensor's device.</summary>
    /// <param name="x">float32, of any shape.</param>
    /// <returns>A new tensor of x's shape.</returns>
    static abstract Tensor Negative(Tensor x);
}
