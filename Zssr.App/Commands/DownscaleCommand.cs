using System.CommandLine;
using Zssr.App.Errors;
using Zssr.App.Images;
using Zssr.App.Options;
using Zssr.App.Settings;
using Zssr.Nn;
using Zssr.Tensors;

namespace Zssr.App.Commands;

/// <summary><c>zssr downscale</c>: makes the small image of a pair, to measure super-resolution on.</summary>
internal static class DownscaleCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "The image to shrink." };
        Option<Scale> scale = ScaleOption.Create(
            "--scale",
            "By how much: 2 halves; 1.5; 2x3 is vertical x horizontal. Rows and columns are rounded up (interpolate: down).",
            ScaleText.Smallest,
            "-s");
        scale.Required = true;
        var kernel = new Option<string?>("--kernel")
        {
            Description = "Blur with this kernel instead of antialiasing: a .mat file, an image, a text with rows of numbers, or "
                + "gaussian:SIGMA; or random:SEED, an 11 x 11 Gaussian stretched and turned by chance, with noise on its weights. The kernel "
                + "is shifted so that the small image lies exactly on the large one.",
            HelpName = "FILE",
        };
        var placement = new Option<string>("--kernel-placement")
        {
            Description = "With --kernel, where small pixels lie in their blocks: centred, first (each block's first pixel is kept, and the "
                + "kernel is not shifted), or a row and a column of the large picture such as 0.5,0.5.",
            HelpName = "VALUE",
            DefaultValueFactory = _ => KernelPlacement.Centred.ToString(),
        };
        Option<double> noise = NumberOption.Create(
            "--noise-std", "Add Gaussian noise of this standard deviation, 1 being white: 5/255.", 0.0, 1.0, 0);
        noise.Aliases.Add("--noise");
        Option<int?> jpegQuality = NumberOption.CreateOptional(
            "--jpeg-quality", "Damage the small image as a JPEG file of this quality does, after the noise, whatever file is written.", 1, 100);
        Option<ulong> seed = NumberOption.Create("--seed", "The seed of the noise.", 0UL, ulong.MaxValue, 1UL);
        var command = new Command(
            "downscale",
            "Shrink an image, bicubic and antialiased as in MATLAB unless told otherwise. The published small images of Set5 are, "
            + "bit for bit, downscale HR -o LR -s SCALE --border replicate --round-passes.")
        {
            input,
            scale,
            kernel,
            placement,
            noise,
            jpegQuality,
            seed,
        };
        var output = new OutputArguments(command);
        Option<long> maxPixels = MaxPixelsOption.AddTo(command);
        var resizing = new ResizingArguments(command);
        command.SetAction(parsed =>
        {
            string? kernelFile = KernelFile.IsFormula(parsed.GetValue(kernel)) ? null : parsed.GetValue(kernel);
            string path = output.Path(parsed, parsed.GetValue(input), kernelFile);
            Picture picture = ImageFile.Read(parsed.GetValue(input)!, parsed.GetValue(maxPixels));
            Scale by = parsed.GetValue(scale);
            KernelPlacement place = PlacementOf(parsed.GetValue(placement)!, parsed.GetValue(kernel) is not null);
            BlurKernel? blur = parsed.GetValue(kernel) is { } name ? KernelFile.Read(name, parsed.GetValue(maxPixels)) : null;
            using Device device = Device.Open(DeviceName.Cpu);
            Picture small = blur is not null
                ? KernelShrinking.Apply(picture, by, blur, place) : resizing.Of(parsed).Apply(device, picture, 1 / by.Vertical, 1 / by.Horizontal);
            Picture noisy = WithNoise(device, small, parsed.GetValue(noise), parsed.GetValue(seed));
            if (parsed.GetValue(jpegQuality) is { } quality)
                noisy = JpegRoundTrip.Apply(noisy, quality);
            output.Write(parsed, path, noisy.WithMetadataOf(picture.Frame));
        });
        return command;
    }

    /// <exception cref="UsageException">It is no placement, or there is no kernel to be placed.</exception>
    private static KernelPlacement PlacementOf(string text, bool hasKernel)
    {
        try
        {
            var placement = KernelPlacement.Parse(text);
            return hasKernel || placement.IsCentred
                ? placement : throw new UsageException($"--kernel-placement {text} needs --kernel: it says where that kernel lies.");
        }
        catch (FormatException failure)
        {
            throw new UsageException($"--kernel-placement: '{text}' was given; {failure.Message}");
        }
    }

    private static Picture WithNoise(Device device, Picture picture, double deviation, ulong seed)
    {
        if (deviation == 0)
            return picture;
        using Tensor image = picture.ToTensor(device);
        using Tensor noise = RandomTensors.Normal(device, image.Shape, seed, standardDeviation: deviation);
        using Tensor sum = Elementwise.Add(image, noise);
        return Picture.FromTensor(sum, picture.Alpha);
    }
}
