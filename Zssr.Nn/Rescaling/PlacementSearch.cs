using Zssr.Tensors;

namespace Zssr.Nn;

/// <summary>
/// Finds where a blur kernel puts a small image's pixels on the large image that it was made from, where both are there: the large one is
/// shrunk with the kernel at every place in question, half pixel by half pixel over a block, and the small one is like one of the results.
/// </summary>
public static class PlacementSearch
{
    /// <summary>Rows and columns of the part that is compared, at most.</summary>
    private const int MostSide = 160;

    /// <summary>How much smaller than at the usual place the root mean square of the differences must be elsewhere.</summary>
    private const double ClearlyLess = 0.9;

    /// <summary>The place under which the large image, blurred and sampled, is most like the small one.</summary>
    /// <param name="small">[1, h, w, C], values 0…1.</param>
    /// <param name="large">What it was made from, [1, H, W, C].</param>
    /// <param name="kernel">The blur.</param>
    /// <param name="scale">s.</param>
    /// <returns>
    /// <see cref="KernelPlacement.Centred"/> unless another place is clearly better, and <see cref="KernelPlacement.First"/> unless a third
    /// is.
    /// </returns>
    public static KernelPlacement Find(Tensor small, Tensor large, BlurKernel kernel, Scale scale)
    {
        ArgumentNullException.ThrowIfNull(small);
        ArgumentNullException.ThrowIfNull(large);
        ArgumentNullException.ThrowIfNull(kernel);
        PixelArea part = Middle(small, kernel, scale);
        using Tensor wanted = Window.Crop(small, part);
        double Difference(KernelPlacement placement)
        {
            IResize shrinking = new KernelRescaling(kernel, new ImResizeRescaling(), placement)
                .Shrinking(scale, Rescaling.SizeOf(large), Rescaling.SizeOf(small));
            using Tensor shrunk = shrinking.ApplyPart(large, PixelArea.Whole(large), part);
            using Tensor meanSquare = Loss.MeanSquared(shrunk, wanted);
            return Math.Sqrt(meanSquare.Item());
        }

        KernelPlacement best = KernelPlacement.Centred;
        double least = Difference(best);
        // Once a place is clearly better than the usual one, the nearest of its neighbours is: no more margin is asked.
        foreach (KernelPlacement placement in Others(scale))
        {
            double difference = Difference(placement);
            if (difference < (best.IsCentred ? ClearlyLess * least : least))
                (best, least) = (placement, difference);
        }

        return best;
    }

    private static IEnumerable<KernelPlacement> Others(Scale scale)
    {
        yield return KernelPlacement.First;
        for (double row = 0; row <= scale.Vertical - 0.5; row += 0.5)
        {
            for (double column = 0; column <= scale.Horizontal - 0.5; column += 0.5)
                yield return KernelPlacement.At(row, column);
        }
    }

    /// <summary>The middle of the small image, without what depends on how the large one was continued at its border.</summary>
    private static PixelArea Middle(Tensor small, BlurKernel kernel, Scale scale)
    {
        (int height, int width) = Rescaling.SizeOf(small);
        PixelRange rows = Middle(height, kernel.Height / scale.Vertical), columns = Middle(width, kernel.Width / scale.Horizontal);
        return new PixelArea(rows, columns);
    }

    private static PixelRange Middle(int length, double border)
    {
        int inner = length - 2 * (int)Math.Ceiling(border / 2 + 1);
        int kept = Math.Min(inner >= length / 2 ? inner : length, MostSide);
        return new PixelRange((length - kept) / 2, kept);
    }
}
