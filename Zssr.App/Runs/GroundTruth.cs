using Zssr.App.Images;
using Zssr.App.Records;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Runs;

/// <summary>The image that a result should be, and how far from it a result and plain bicubic enlargement are.</summary>
internal sealed class GroundTruth : IDisposable
{
    private readonly Tensor _truth;
    private readonly int _shave;
    private readonly ImageQuality _bicubic;

    private GroundTruth(Tensor truth, Picture picture, int shave, ImageQuality bicubic) =>
        (_truth, Picture, _shave, _bicubic) = (truth, picture, shave, bicubic);

    /// <summary>The image.</summary>
    public Picture Picture { get; }

    /// <summary>Reads the image and judges bicubic enlargement by it.</summary>
    /// <param name="path">The image's file.</param>
    /// <param name="device">Where images are compared.</param>
    /// <param name="bicubic">Bicubic enlargement, [1, H, W, C].</param>
    /// <param name="shave">Rows and columns of the border that do not count.</param>
    /// <param name="maxPixels">The most pixels that it may have.</param>
    /// <exception cref="ImageFileException">It cannot be read, or has another size than the result.</exception>
    public static GroundTruth Read(string path, Device device, Tensor bicubic, int shave, long maxPixels)
    {
        Picture picture = ImageFile.Read(path, maxPixels);
        if (picture.Height != bicubic.Shape[1] || picture.Width != bicubic.Shape[2] || picture.Channels != bicubic.Shape[3])
        {
            throw new ImageFileException(
                path,
                $"the ground truth {path} is {picture.Width} x {picture.Height} with {picture.Channels} channels; the result will be "
                + $"{bicubic.Shape[2]} x {bicubic.Shape[1]} with {bicubic.Shape[3]}. Give the image that the input was made from.");
        }

        Tensor truth = picture.ToTensor(device);
        try
        {
            return new GroundTruth(truth, picture, shave, ImageQuality.Compare(bicubic, truth, shave));
        }
        catch
        {
            truth.Dispose();
            throw;
        }
    }

    /// <summary>How good a result is.</summary>
    public QualityRecord Judge(Tensor result)
    {
        ImageQuality quality = ImageQuality.Compare(result, _truth, _shave);
        return new QualityRecord(quality.Psnr, quality.Ssim, quality.RgbPsnr, _bicubic.Psnr, _bicubic.Ssim);
    }

    public void Dispose() => _truth.Dispose();
}
