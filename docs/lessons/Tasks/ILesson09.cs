using Zssr.Tensors;

namespace Zssr.Lessons;

/// <summary>Lesson 9: shrunk again, it must be the picture.</summary>
public interface ILesson09
{
    /// <summary>One round of back-projection with bicubic imresize: y + enlarge(x − shrink(y)), clamped to 0…1.</summary>
    /// <param name="enlarged">y, [1, 2H, 2W, C].</param>
    /// <param name="small">x, [1, H, W, C].</param>
    static abstract Tensor Round(Tensor enlarged, Tensor small);
}
