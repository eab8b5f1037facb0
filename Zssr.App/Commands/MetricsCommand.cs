using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.App.Records;
using Zssr.App.Settings;
using Zssr.Nn;

namespace Zssr.App.Commands;

/// <summary><c>zssr metrics</c>: how near an image comes to a reference.</summary>
internal static class MetricsCommand
{
    private const int LargestShave = 1000;

    public static Command Create()
    {
        var image = new Argument<string>("IMAGE") { Description = "The image to judge, such as an enlarged one." };
        var reference = new Argument<string>("REFERENCE") { Description = "The true image, of the same size." };
        Option<Scale> scale = ScaleOption.Create(
            "--scale", "The factor by which the image was enlarged: leaves out that many pixels at each border, as papers do; and sizes may differ by "
            + "less than that, as those of odd images do.",
            ScaleText.Smallest, "-s");
        Option<int> shave = NumberOption.Create(
            "--shave", "Leave out this many pixels at each border; none unless this or --scale is given.", 0, LargestShave, 0);
        var json = new Option<bool>("--json") { Description = "Print one JSON object; the PSNR of equal images is null in it." };
        var command = new Command(
            "metrics",
            "Compare an image with a reference: PSNR and SSIM of the luma (MATLAB's rgb2ycbcr, 8 bits), and PSNR of all channels. "
            + "For published figures give --scale.")
        {
            image,
            reference,
            scale,
            shave,
            json,
        };
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        command.Validators.Add(result =>
        {
            // The default of --shave is a result, too; an implicit one.
            if (result.GetResult(scale) is not null && result.GetResult(shave) is { Implicit: false })
                result.AddError("metrics takes --scale or --shave, not both: --scale says how much to shave.");
        });
        command.SetAction(parsed =>
        {
            Scale by = parsed.GetValue(scale);
            int factor = by == default ? 1 : (int)Math.Ceiling(Math.Max(by.Vertical, by.Horizontal));
            int border = by == default ? parsed.GetValue(shave) : factor;
            Picture Read(Argument<string> argument) => ImageFile.Read(parsed.GetValue(argument)!, parsed.GetValue(maxPixels));
            Compare(
                (parsed.GetValue(image)!, Read(image)), (parsed.GetValue(reference)!, Read(reference)), factor, border,
                parsed.GetValue(json));
        });
        return command;
    }

    private static void Compare(
        (string Path, Picture Picture) first, (string Path, Picture Picture) second, int scale, int shave, bool asJson)
    {
        (Picture image, Picture reference) = (first.Picture, second.Picture);
        if (CommonPart.Of((image.Height, image.Width), (reference.Height, reference.Width), scale) is not { } part
            || image.Channels != reference.Channels)
        {
            throw new ImageFileException(
                first.Path,
                $"{first.Path} ({Describe(image)}) and {second.Path} ({Describe(reference)}) cannot be compared: "
                + "crop or convert one so that both have the same size and colours"
                + (scale > 1 ? "." : ", or say with --scale how much it was enlarged."));
        }

        if ((image.Height, image.Width) != (reference.Height, reference.Width))
        {
            Console.Error.WriteLine(OneLine.Of($"zssr: {second.Path}: {CommonPart.Note(part)}"));
            (image, reference) = (image.TopLeft(part.Height, part.Width), reference.TopLeft(part.Height, part.Width));
        }

        if (image.Alpha is not null || reference.Alpha is not null)
            Console.Error.WriteLine("zssr: transparency is not compared, only colours, including those of invisible pixels.");
        ImageQuality quality = ImageQuality.Compare(image.Color, reference.Color, image.Height, image.Width, image.Channels, shave);
        if (asJson)
            PrintJson(quality, shave);
        else
            PrintLines(quality, shave);
    }

    private static void PrintLines(ImageQuality quality, int shave)
    {
        Console.WriteLine($"PSNR      {Decibels(quality.Psnr)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SSIM      {quality.Ssim,7:F4}"));
        Console.WriteLine($"RGB PSNR  {Decibels(quality.RgbPsnr)}");
        Console.WriteLine($"shaved    {shave,4} pixels at each border");
    }

    private static void PrintJson(ImageQuality quality, int shave) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        psnr = FiniteOrNull.Of(quality.Psnr),
        ssim = quality.Ssim,
        rgbPsnr = FiniteOrNull.Of(quality.RgbPsnr),
        shave,
    }));

    private static string Decibels(double psnr) => double.IsPositiveInfinity(psnr)
        ? "infinite: they are equal"
        : string.Create(CultureInfo.InvariantCulture, $"{psnr,5:F2} dB");

    private static string Describe(Picture picture) =>
        $"{picture.Height} rows, {picture.Width} columns, {(picture.Channels == 1 ? "gray" : "colour")}";
}
