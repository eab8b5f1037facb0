using Zssr.Tensors;

namespace Zssr.Lessons.Solutions;

public sealed class Lesson06 : ILesson06
{
    public static Tensor Son(Tensor father, int scale)
    {
        using Tensor small = Resize.ImResize(father, 1.0 / scale, 1.0 / scale, father.Shape[1] / scale, father.Shape[2] / scale);
        return Resize.ImResize(small, scale, scale);
    }
}
