using Zssr.Tensors;

namespace Zssr.Lessons;

/// <summary>Lesson 8: eight opinions.</summary>
public interface ILesson08
{
    /// <summary>
    /// Enlarges the eight turned and mirrored copies of an image, turns the results back, and takes their median, pixel by pixel; of the
    /// eight sorted values the mean of the middle two.
    /// </summary>
    /// <param name="image">[1, H, W, C].</param>
    /// <param name="enlarge">Enlarges an image; the result is yours to dispose.</param>
    static abstract Tensor SelfEnsemble(Tensor image, Func<Tensor, Tensor> enlarge);
}
