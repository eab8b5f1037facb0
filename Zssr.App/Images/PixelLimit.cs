using Zssr.App.Images.Formats;

namespace Zssr.App.Images;

/// <summary>How large an image may be. It is asked before any memory is taken: a header of 18 bytes can demand gigabytes.</summary>
internal static class PixelLimit
{
    /// <summary>The most pixels unless the user says otherwise: 100 megapixels, 1.2 GB as colours in float32.</summary>
    public const long Default = 100_000_000;

    /// <summary>The most that can be asked for: four samples a pixel must fit into one array.</summary>
    public const long Largest = 500_000_000;

    /// <summary>The most bytes of a pixel in a file: four samples of 16 bits.</summary>
    private const long BytesOfPixel = 8;

    /// <summary>What a file may hold besides pixels: profiles, thumbnails, notes of the camera.</summary>
    private const long OtherBytes = 64 << 20;

    /// <summary>Refuses an image for what its header says.</summary>
    /// <param name="path">Its file, for the message.</param>
    /// <param name="image">Its header.</param>
    /// <param name="fileLength">Bytes in the file.</param>
    /// <param name="limit">Pixels allowed, width times height.</param>
    /// <exception cref="ImageFileException">It is larger, or its file is much longer than such an image can need.</exception>
    public static void Require(string path, ImageReader image, long fileLength, long limit)
    {
        long pixels = (long)image.Height * image.Width; // both below 2^31
        if (pixels > limit)
        {
            string remedy = pixels > Largest ? $"No image of more than {Largest} can be read." : $"Allow it with --max-pixels {pixels}.";
            throw new ImageFileException(
                path, $"{path} has {image.Width} x {image.Height} = {pixels} pixels, more than the {limit} that are allowed. {remedy}");
        }

        if (!image.MayBeMuchLonger && fileLength > pixels * BytesOfPixel * 5 / 4 + OtherBytes)
        {
            throw new ImageFileException(
                path,
                $"{path} is {fileLength >> 20} MiB long, far more than {image.Width} x {image.Height} pixels can need. Export it again.");
        }
    }
}
