namespace Zssr.Lessons.Solutions;

public sealed class Lesson01 : ILesson01
{
    public static int Offset(IReadOnlyList<int> shape, IReadOnlyList<int> index)
    {
        // ((n · H + y) · W + x) · C + c
        int offset = 0;
        for (int axis = 0; axis < shape.Count; axis++)
            offset = offset * shape[axis] + index[axis];
        return offset;
    }

    public static int[] Index(IReadOnlyList<int> shape, int offset)
    {
        var index = new int[shape.Count];
        for (int axis = shape.Count - 1; axis >= 0; axis--)
            (offset, index[axis]) = Math.DivRem(offset, shape[axis]);
        return index;
    }
}
