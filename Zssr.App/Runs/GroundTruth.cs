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

    private GroundTruth(Tensor truth, Picture picture, int shave, ImageQuality bicubic, string? note) =>
        (_truth, Picture, _shave, _bicubic, Note) = (truth, picture, shave, bicubic, note);

    /// <summary>The image, as far as the result has it too (<see cref="CommonPart"/>).</summary>
    public Picture Picture { get; }

    /// <summary>A line for the user where that is not all of it, or not all of the result; else null.</summary>
    public string? Note { get; }

    /// <summary>Reads the image and judges bicubic enlargement by it.</summary>
    /// <param name="path">The image's file.</param>
    /// <param name="device">Where images are compared.</param>
    /// <param name="bicubic">Bicubic enlargement, [1, H, W, C].</param>
    /// <param name="shave">Rows and columns of the border that do not count.</param>
    /// <param name="maxPixels">The most pixels that it may have.</param>
    /// <exception cref="ImageFileException">It cannot be read, or its size differs from the result's by the scale or more.</exception>
    public static GroundTruth Read(string path, Device device, Tensor bicubic, int shave, long maxPixels)
    {
        Picture picture = ImageFile.Read(path, maxPixels);
        (int Height, int Width)? common =
            CommonPart.Of((picture.Height, picture.Width), (bicubic.Shape[1], bicubic.Shape[2]), scale: shave);
        if (common is not { } part || picture.Channels != bicubic.Shape[3])
        {
            throw new ImageFileException(
                path,
                $"the ground truth {path} is {picture.Width} x {picture.Height} with {picture.Channels} channels; the result will be "
                + $"{bicubic.Shape[2]} x {bicubic.Shape[1]} with {bicubic.Shape[3]}. Give the image that the input was made from.");
        }

        string? note = (picture.Height, picture.Width) == (bicubic.Shape[1], bicubic.Shape[2])
            ? null : $"ground truth {path}: {CommonPart.Note(part)}";
        picture = picture.TopLeft(part.Height, part.Width);
        Tensor truth = picture.ToTensor(device);
        try
        {
            return new GroundTruth(truth, picture, shave, Compare(bicubic, truth, shave), note);
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
        ImageQuality quality = Compare(result, _truth, _shave);
        return new QualityRecord(quality.Psnr, quality.Ssim, quality.RgbPsnr, _bicubic.Psnr, _bicubic.Ssim);
    }

    public void Dispose() => _truth.Dispose();

    private static ImageQuality Compare(Tensor image, Tensor truth, int shave)
    {
        using Tensor part = Window.Crop(image, 0, 0, truth.Shape[1], truth.Shape[2]);
        return ImageQuality.Compare(part, truth, shave);
    }
}
