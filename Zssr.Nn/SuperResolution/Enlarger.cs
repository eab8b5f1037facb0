using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Enlarges an image with a trained network: interpolate, let the network see several turned and mirrored copies, take the median of what
/// it answers, and make the result agree with the image by back-projection.
/// </summary>
/// <param name="network">The trained network.</param>
/// <param name="rescaling">Interpolation and back-projection.</param>
/// <param name="settings">How many copies, and how much back-projection.</param>
/// <param name="peak">The value of white.</param>
public sealed class Enlarger(Module network, Rescaling rescaling, InferenceSettings settings, double peak)
{
    /// <summary>The network's plain answer, clamped: [1, H, W, C] → [1, height, width, C].</summary>
    /// <param name="image">[1, H, W, C], values 0…peak.</param>
    /// <param name="scale">By how much.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    public Tensor EnlargePlainly(Tensor image, Scale scale, int height, int width)
    {
        using Tensor interpolated = rescaling.Enlarge(image, scale, height, width);
        return Answer(interpolated, Variant.Identity);
    }

    /// <summary>The same with all copies, median and back-projection.</summary>
    /// <param name="image">[1, H, W, C], values 0…peak.</param>
    /// <param name="scale">By how much.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="backProjections">Rounds of back-projection.</param>
    /// <param name="onCopy">Told after each copy how many are done, and of how many.</param>
    /// <param name="observer">Shown what comes in between. The result is the same.</param>
    public Tensor Enlarge(
        Tensor image, Scale scale, int height, int width, int backProjections, Action<int, int>? onCopy = null,
        IEnlargementObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        IReadOnlyList<Variant> variants = Variant.Ensemble(settings.Ensemble);
        int roundsForCopies = settings.BackProjectCopies ? backProjections : 0;
        var answers = new List<Tensor>();
        try
        {
            using (Tensor interpolated = rescaling.Enlarge(image, scale, height, width))
            {
                observer?.Begun(interpolated, network.Parameters);
                foreach (Variant variant in variants)
                {
                    using Tensor answer = Answer(interpolated, variant);
                    observer?.Answered(variant, answer);
                    answers.Add(Project(answer, roundsForCopies));
                    onCopy?.Invoke(answers.Count, variants.Count);
                }
            }

            using Tensor merged = Merge(answers);
            Tensor projected = Project(merged, backProjections);
            try
            {
                observer?.Ended(merged, projected);
                return projected;
            }
            catch
            {
                projected.Dispose();
                throw;
            }
        }
        finally
        {
            foreach (Tensor answer in answers)
                answer.Dispose();
        }

        Tensor Project(Tensor enlarged, int rounds) =>
            BackProjection.Apply(enlarged, image, rescaling, scale, rounds, settings.BackProjectionStep, peak);
    }

    /// <summary>What the network answers to a turned and mirrored copy, turned and mirrored back.</summary>
    private Tensor Answer(Tensor interpolated, Variant variant)
    {
        using Tensor turned = variant.Apply(interpolated);
        using Tensor output = network.Infer(turned);
        using Tensor clamped = Elementwise.Clamp(output, 0, peak);
        return variant.Undo(clamped);
    }

    private Tensor Merge(List<Tensor> answers)
    {
        if (answers.Count == 1)
            return answers[0].Share();
        using Tensor stack = Concatenation.Batch([.. answers]);
        using Tensor median = Median.OfStack(stack, settings.Median);
        return median.Reshape(answers[0].Shape);
    }
}
