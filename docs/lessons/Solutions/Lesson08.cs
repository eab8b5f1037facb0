using Zssr.Tensors;

namespace Zssr.Lessons.Solutions;

public sealed class Lesson08 : ILesson08
{
    public static Tensor SelfEnsemble(Tensor image, Func<Tensor, Tensor> enlarge)
    {
        var opinions = new List<Tensor>();
        foreach (bool isMirrored in new[] { false, true })
        {
            for (int turns = 0; turns < 4; turns++)
                opinions.Add(Opinion(image, enlarge, turns, isMirrored));
        }

        using Tensor stack = Concatenation.Batch([.. opinions]);
        foreach (Tensor opinion in opinions)
            opinion.Dispose();
        using Tensor median = Median.OfStack(stack, MedianKind.MeanOfMiddle);
        return median.Reshape([1, .. median.Shape]);
    }

    private static Tensor Opinion(Tensor image, Func<Tensor, Tensor> enlarge, int turns, bool isMirrored)
    {
        using Tensor turned = Orientation.Rotate90(image, turns);
        using Tensor seen = isMirrored ? Orientation.FlipHorizontal(turned) : turned.Share();
        using Tensor large = enlarge(seen);
        // Taken back in the opposite order.
        using Tensor upright = isMirrored ? Orientation.FlipHorizontal(large) : large.Share();
        return Orientation.Rotate90(upright, -turns);
    }
}
