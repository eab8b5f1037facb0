using Zssr.Tensors;

namespace Zssr.Lessons.Exercises;

public sealed class Lesson09 : ILesson09
{
    public static Tensor Round(Tensor enlarged, Tensor small) => throw new NotDoneException(9);
}
