using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Images;

/// <summary>Shrinks pictures with a blur kernel, as training does with sons; transparency likewise.</summary>
internal static class KernelShrinking
{
    /// <summary>The picture made smaller: ⌈H/s⌉ × ⌈W/s⌉.</summary>
    /// <param name="picture">H × W.</param>
    /// <param name="scale">s, 2 halves.</param>
    /// <param name="kernel">The blur.</param>
    /// <param name="placement">Where the small picture's pixels lie; null for the middle of their blocks.</param>
    public static Picture Apply(Picture picture, Scale scale, BlurKernel kernel, KernelPlacement? placement)
    {
        var rescaling = new KernelRescaling(kernel, new ImResizeRescaling(), placement);
        (int height, int width) = rescaling.SonSize(picture.Height, picture.Width, scale);
        using Device device = Device.Open(DeviceName.Cpu);
        float[]? alpha = picture.Alpha is null ? null : Shrink(picture.Alpha, 1);
        return new Picture(height, width, picture.Channels, Shrink(picture.Color, picture.Channels), alpha);

        float[] Shrink(float[] values, int channels)
        {
            // Sums of whole numbers are exact in float32 for kernels such as 1/4 1/2 1/4; a half is then a half, and rounded up.
            float[] whole = Array.ConvertAll(values, value => (float)EightBits.ToWhole(value));
            using Tensor image = Tensor.From(device, [1, picture.Height, picture.Width, channels], whole);
            using Tensor small = rescaling.Shrink(image, scale, height, width);
            return Array.ConvertAll(small.ToDoubles(), EightBits.FromWhole);
        }
    }
}
