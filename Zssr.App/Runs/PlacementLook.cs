using Zssr.App.Display;
using Zssr.App.Images;
using Zssr.App.Jobs;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>
/// Where the ground truth is there, it shows where a blur kernel puts the input's pixels: finds that out for users who have not said it,
/// and says it in a line.
/// </summary>
/// <param name="kernel">The camera's blur; null where none is given, and nothing is to be found.</param>
/// <param name="display">Takes the line.</param>
internal sealed class PlacementLook(BlurKernel? kernel, RunDisplay display)
{
    /// <summary>The settings with the placement that a job's ground truth shows.</summary>
    /// <param name="settings">What the user has chosen.</param>
    /// <param name="job">The picture, and its ground truth.</param>
    /// <param name="image">The picture, [1, H, W, C], values 0…1.</param>
    /// <param name="maxPixels">The most pixels that the ground truth may have.</param>
    /// <exception cref="ImageFileException">The ground truth cannot be read.</exception>
    public ZssrSettings Of(ZssrSettings settings, UpscaleJob job, Tensor image, long maxPixels)
    {
        if (kernel is null || settings.KernelPlacement is not null || job.GroundTruth is null)
            return settings;
        using Tensor truth = ImageFile.Read(job.GroundTruth, maxPixels).ToTensor(image.Device);
        return Of(settings, job, image, truth);
    }

    /// <summary>The same with the ground truth as a tensor, [1, s·H, s·W, C].</summary>
    public ZssrSettings Of(ZssrSettings settings, UpscaleJob job, Tensor image, Tensor truth)
    {
        if (kernel is null || settings.KernelPlacement is not null)
            return settings;
        Scale scale = settings.Scales.Aggregate(Scale.One, (product, one) => product * one);
        (int height, int width) = scale.SizeOf(image.Shape[1], image.Shape[2]);
        if (CommonPart.Of((truth.Shape[1], truth.Shape[2]), (height, width), (int)Math.Ceiling(Math.Max(scale.Vertical, scale.Horizontal))) is null
            || truth.Shape[3] != image.Shape[3])
        {
            return settings; // not this picture's: whoever compares them says so
        }

        KernelPlacement found = PlacementSearch.Find(image, truth, kernel, scale);
        display.Note($"{job.Input}: the ground truth shows that the kernel lies {InWords(found)}.");
        return settings with { KernelPlacement = found };
    }

    private static string InWords(KernelPlacement placement) => placement.IsCentred
        ? "in the middle of each block (--kernel-placement centred)"
        : placement == KernelPlacement.First
            ? "on each block's first pixel (--kernel-placement first)"
            : $"elsewhere in each block (--kernel-placement {placement})";
}
