namespace Zssr.Lessons;

/// <summary>Lesson 1: a tensor is a block of numbers.</summary>
public interface ILesson01
{
    /// <summary>The place in memory of an element: how many elements come before it.</summary>
    /// <param name="shape">The sizes of the axes, such as [N, H, W, C].</param>
    /// <param name="index">Where the element is along each axis, such as [n, y, x, c].</param>
    static abstract int Offset(IReadOnlyList<int> shape, IReadOnlyList<int> index);

    /// <summary>The way back: the index of the element at a place in memory.</summary>
    static abstract int[] Index(IReadOnlyList<int> shape, int offset);
}
